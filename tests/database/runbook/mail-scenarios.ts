import assert from "node:assert/strict";
import { begin, claimMails, claimOne, listMails, settle, tell } from "../notices/support.ts";
import type { Sql } from "../support/database.ts";
import { addUser } from "../support/fixtures.ts";
import type { Scenario } from "./scenario.ts";

async function addMail(sql: Sql) {
  const userId = await addUser(sql);
  await tell(sql, userId);
  const [mail] = await listMails(sql, userId);
  return { userId, mailId: String(mail!.id) };
}

/** A mail the service did not take. */
async function addFailedMail(sql: Sql, code: string) {
  const { userId, mailId } = await addMail(sql);
  const mail = await claimOne(sql, sql, userId);
  await begin(sql, mail);
  await sql`select public.fail_mail(${mail.mail_id}, ${mail.lease_token}, ${code}, 'A sentence.')`;
  return { userId, mailId };
}

const statusOf = async (sql: Sql, userId: string) => (await listMails(sql, userId))[0]?.status;

/** The snippets about mails that do not arrive. */
export const MAIL_SCENARIOS: Readonly<Record<string, Scenario>> = {
  "look-at-mails": async ({ sql, run }) => {
    await addFailedMail(sql, "looked_at_mails");
    await sql`update private.mail_gate set closed_until = now() + interval '1 hour', closed_because = 'invalid_api_key'`;
    const row = (await run()).find(({ error_code }) => error_code === "looked_at_mails");
    assert.deepEqual([row!.status, Number(row!.mails), row!.stopped_because], [
      "failed",
      1,
      "invalid_api_key",
    ]);
    await sql`update private.mail_gate set closed_until = null`;
  },

  "open-mail-gate": async ({ sql, run }) => {
    const { userId, mailId } = await addMail(sql);
    await settle(sql, userId);
    await sql`select public.stop_mails('invalid_api_key')`;
    assert.equal((await claimMails(sql)).length, 0);
    await run();
    assert.ok((await claimMails(sql)).some(({ mail_id }) => mail_id === mailId));
  },

  "look-at-mails-of": async ({ sql, run }) => {
    const { userId } = await addFailedMail(sql, "theirs");
    await addFailedMail(sql, "theirs");
    const rows = await run({ "user id": userId });
    assert.deepEqual(rows.map(({ status, attempts, error_code }) => [status, attempts, error_code]), [[
      "failed",
      1,
      "theirs",
    ]]);
  },

  "retry-mails": async ({ sql, run }) => {
    const [mended, other] = [await addFailedMail(sql, "mended"), await addFailedMail(sql, "not_mended")];
    const doubtful = await addFailedMail(sql, "mended");
    await sql`update private.mail_outbox set doubtful_since = now() where id = ${doubtful.mailId}`;
    const rows = await run({ "error code": "mended" });
    assert.deepEqual(rows.map(({ id }) => id), [mended.mailId]);
    const statuses = [];
    for (const { userId } of [mended, other, doubtful]) statuses.push(await statusOf(sql, userId));
    assert.deepEqual(statuses, ["sending", "failed", "failed"]);
    assert.equal((await claimOne(sql, sql, mended.userId)).mail_id, mended.mailId);
  },

  "drop-mail": async ({ sql, run }) => {
    const { userId, mailId } = await addMail(sql);
    await run({ "mail id": mailId });
    assert.equal(await statusOf(sql, userId), undefined);
  },
};
