import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addUser } from "../support/fixtures.ts";
import { begin, claimMails, claimOne, listMails, settle, tell } from "./support.ts";

Deno.test("Sending a mail", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const addMail = async () => {
    const userId = await addUser(admin);
    await tell(admin, userId);
    return { userId, mail: await claimOne(sql, admin, userId) };
  };
  const reclaim = async (userId: string) => {
    await admin`update private.mail_outbox set lease_until = now() where user_id = ${userId} and lease_until is not null`;
    return await claimOne(sql, admin, userId);
  };
  const postpone = async (
    mail: { mail_id: string; lease_token: string },
    more: Record<string, unknown> = {},
  ) => {
    const { certain = false, counts = true, wait = null, stop = null } = more as Record<string, never>;
    const [row] = await sql`
      select public.postpone_mail(
        ${mail.mail_id}, ${mail.lease_token}, 'code', 'message', ${certain}, ${counts}, ${wait}, ${stop}
      ) as status`;
    return row!.status;
  };
  const read = async (userId: string) => (await listMails(admin, userId)).at(-1)!;

  await t.step("says the same to the byte and under the same key however often it is begun", async () => {
    const { userId, mail } = await addMail();
    const first = await begin(sql, mail, "As it was");
    const again = await reclaim(userId);
    assert.equal(again.is_written, true);
    const second = await begin(sql, again, "As it would be now");
    assert.equal(second!.subject, "As it was");
    assert.deepEqual(
      [second!.idempotency_key, second!.recipient, second!.html_body],
      [first!.idempotency_key, first!.recipient, first!.html_body],
    );
  });

  await t.step("goes to the address of now, with a key of its own", async () => {
    const { userId, mail } = await addMail();
    const first = await begin(sql, mail);
    await admin`update auth.users set email = 'new-' || email where id = ${userId}`;
    const second = await begin(sql, await reclaim(userId));
    assert.equal(second!.recipient, `new-${first!.recipient}`);
    assert.notEqual(second!.idempotency_key, first!.idempotency_key);
  });

  await t.step("forgets what it told once it was sent", async () => {
    const { userId, mail } = await addMail();
    await begin(sql, mail);
    await sql`select public.finish_mail(${mail.mail_id}, ${mail.lease_token}, 'provider-1')`;
    const row = await read(userId);
    assert.deepEqual(
      [row.status, row.provider_id, row.subject, row.html_body, row.notices, row.doubtful_since],
      ["sent", "provider-1", null, null, 0, null],
    );
  });

  await t.step("keeps the pace over all workers", async () => {
    await admin`update private.mail_gate set next_at = now() + interval '1 second'`;
    const waits: number[] = [];
    for (let i = 0; i < 4; i++) waits.push((await begin(sql, (await addMail()).mail))!.wait_seconds);
    // Each place is 550 ms after the one before, whenever it was asked for.
    const [{ left } = { left: 0 }] =
      await admin`select extract(epoch from next_at - now())::float8 as left from private.mail_gate`;
    assert.ok(waits[0]! > 0.3 && waits[0]! <= 1, `first after ${waits[0]} s`);
    assert.ok(Number(left) + 1 > 1 + 4 * 0.55 - 1.5, `next in ${left} s`);
    assert.deepEqual(waits.toSorted((a, b) => a - b), waits);
    await admin`update private.mail_gate set next_at = now()`;
  });

  await t.step("is tried as often as there are pauses, then failed where an operator sees it", async () => {
    const { userId, mail } = await addMail();
    await admin`update private.settings set value = '[1, 2]' where key = 'mail.retry_delays_seconds'`;
    await begin(sql, mail);
    assert.equal(await postpone(mail), "sending");
    for (const expected of ["sending", "failed"]) {
      const again = await reclaim(userId);
      await begin(sql, again);
      assert.equal(await postpone(again), expected);
    }
    const row = await read(userId);
    assert.deepEqual([row.status, row.attempts, row.error_code], ["failed", 3, "code"]);
    await assert.rejects(reclaim(userId), /No mail/);
  });

  await t.step("waits as long as the service asks, without losing a try", async () => {
    const { userId, mail } = await addMail();
    await begin(sql, mail);
    await postpone(mail, { certain: true, counts: false, wait: 30 });
    const row = await read(userId);
    assert.deepEqual([row.attempts, row.doubtful_since], [0, null]);
    assert.ok(row.send_at.getTime() - Date.now() > 25_000);
    const [gate] =
      await admin`select next_at > now() + interval '25 seconds' as waits from private.mail_gate`;
    assert.equal(gate!.waits, true, "and so do all others");
    await admin`update private.mail_gate set next_at = now()`;
  });

  await t.step("stops for all when the day is used up, and goes on by itself", async () => {
    const { userId, mail } = await addMail();
    await begin(sql, mail);
    await postpone(mail, { certain: true, counts: false, stop: "quota" });
    await settle(admin, userId);
    assert.deepEqual([...await claimMails(sql)], []);
    const [gate] = await admin`select closed_because, closed_until > now() + interval '50 minutes' as long
      from private.mail_gate`;
    assert.deepEqual({ ...gate }, { closed_because: "code", long: true });
    await admin`update private.mail_gate set closed_until = now()`;
    assert.equal((await claimOne(sql, admin, userId)).mail_id, mail.mail_id);
  });

  await t.step("is not repeated once its key is forgotten and nobody knows what became of it", async () => {
    const { userId, mail } = await addMail();
    await begin(sql, mail);
    await admin`
      update private.mail_outbox set called_at = now() - interval '23 hours 1 minute', lease_until = now()
      where id = ${mail.mail_id}`;
    await assert.rejects(reclaim(userId), /No mail/);
    await admin`select private.tend_mails()`;
    const row = await read(userId);
    assert.deepEqual([row.status, row.error_code], ["failed", "outcome_unknown"]);
  });

  await t.step("stays in doubt after a lost answer, whatever the next call says", async () => {
    const { userId, mail } = await addMail();
    await begin(sql, mail);
    await postpone(mail);
    const doubtful = (await read(userId)).doubtful_since;
    assert.ok(doubtful);
    const again = await reclaim(userId);
    await begin(sql, again);
    await postpone(again, { certain: true, counts: false, wait: 0 });
    assert.deepEqual((await read(userId)).doubtful_since, doubtful);
  });

  await t.step("ends when it is too old, and is forgotten a month later", async () => {
    const userId = await addUser(admin);
    await tell(admin, userId);
    await admin`update private.mail_outbox set created_at = now() - interval '49 hours' where user_id = ${userId}`;
    await admin`select private.tend_mails()`;
    assert.equal((await read(userId)).status, "expired");
    await admin`update private.mail_outbox set ended_at = now() - interval '31 days' where user_id = ${userId}`;
    await admin`select private.tend_mails()`;
    assert.equal((await listMails(admin, userId)).length, 0);
  });
});
