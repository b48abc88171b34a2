import assert from "node:assert/strict";
import { addPublisher } from "../publish/support.ts";
import type { Sql } from "../support/database.ts";
import type { Scenario } from "./scenario.ts";

/** Somebody with a channel whose tokens are good for an hour, and a refresher that died holding the lease. */
async function addAccount(sql: Sql, keyId = "k1") {
  const publisher = await addPublisher(sql);
  await sql`
    insert into private.oauth_tokens (
      connection_id, user_id, access_token, grant_key, key_id, expires_at, refresh_holder, refresh_lease_until
    )
    values (
      ${publisher.connectionId}, ${publisher.userId}, 'a', ${publisher.userId}, ${keyId}, now() + interval '1 hour',
      gen_random_uuid(), now() + interval '1 hour'
    )`;
  return publisher;
}

const listDue = async (sql: Sql) =>
  (await sql`select connection_id from public.claim_due_oauth_refreshes(gen_random_uuid(), 60, 1000)`)
    .map((row) => row.connection_id as string);

/** The snippets about accounts to publish to, budgets and staged copies. */
export const ACCOUNT_SCENARIOS: Readonly<Record<string, Scenario>> = {
  "look-at-accounts": async ({ sql, run }) => {
    const { userId, connectionId } = await addAccount(sql);
    await addAccount(sql);
    await sql`update public.oauth_connections set last_error_code = 'network' where id = ${connectionId}`;
    const rows = await run({ "user id": userId });
    assert.deepEqual(rows.map((row) => [row.id, row.status, row.last_error_code, row.key_id]), [
      [connectionId, "connected", "network", "k1"],
    ]);
  },

  "renew-account-tokens": async ({ sql, run }) => {
    const { userId, connectionId } = await addAccount(sql);
    const stranger = await addAccount(sql);
    await run({ "user id": userId });
    const due = await listDue(sql);
    assert.ok(due.includes(connectionId), "the job takes it, in spite of the old lease");
    assert.ok(!due.includes(stranger.connectionId));
  },

  "renew-all-account-tokens": async ({ sql, run }) => {
    const old = await addAccount(sql, "old");
    const renewed = await addAccount(sql, "k2");
    await sql`update private.oauth_tokens set refresh_holder = null, refresh_lease_until = null`;
    await run({ "new key id": "k2" });
    const due = await listDue(sql);
    assert.ok(due.includes(old.connectionId));
    assert.ok(!due.includes(renewed.connectionId));
  },

  "look-at-budgets": async ({ sql, run }) => {
    const { userId } = await addPublisher(sql);
    for (const amount of [2, 3]) {
      await sql`select public.take_budget('instagram.publishes', 'looked-at', ${userId}, ${amount})`;
    }
    const rows = await run();
    const used = rows.find((row) => row.scope_key === "looked-at")!;
    assert.deepEqual([used.budget, used.taken], ["instagram.publishes", "5"]);
    assert.ok(rows.some((row) => row.budget === "youtube.inserts"), "those of which nothing was taken too");
  },

  "raise-budget": async ({ sql, run }) => {
    const { userId } = await addPublisher(sql);
    const take = async () =>
      (await sql`select public.take_budget('instagram.containers', 'raised', ${userId}, 1) as frees_at`)[0]!
        .frees_at;
    await sql`update private.provider_budgets set max_count = 1 where budget = 'instagram.containers'`;
    assert.equal(await take(), null);
    assert.ok(await take() instanceof Date);
    await run({ "new limit": "400", budget: "instagram.containers" });
    assert.equal(await take(), null);
  },

  "find-orphaned-copies": async ({ sql, careless, run }) => {
    const { userId, videoId } = await addPublisher(sql);
    const [post] = await sql`
      insert into public.published_videos (user_id, video_id) values (${userId}, ${videoId}) returning id`;
    await sql`select public.claim_staged_copy(${post!.id}, ${userId}, 10, 60)`;
    const orphan = `${userId}/${crypto.randomUUID()}.mp4`;
    for (const name of [`${userId}/${post!.id}.mp4`, orphan]) {
      await careless`
        insert into storage.objects (bucket_id, name, owner_id) values ('published-videos', ${name}, ${userId})`;
    }
    assert.deepEqual((await run()).map(({ name }) => name), [orphan]);
  },
};
