import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addUser, addVideo } from "../support/fixtures.ts";
import { claim, createPost, readTarget } from "./support.ts";

const ACCOUNT = {
  account_id: "UC1",
  account_name: "A channel",
  account_handle: "@channel",
  account_picture_url: null,
  access_token: "sealed",
  refresh_token: "sealed",
  account_token: null,
  key_id: "k1",
  expires_at: new Date(Date.now() + 3_600_000).toISOString(),
};

Deno.test("Connecting an account again", async (t) => {
  await using database = await openDatabase();
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const admin = database.sql;
  const userId = await addUser(admin);
  const save = async (user: string, grant: string, ...accounts: object[]) =>
    await sql<{ id: string; account_id: string; status: string }[]>`
      select * from public.save_oauth_connections(
        ${user}, 'youtube', 'google', ${grant}, '{upload}', ${sql.json(accounts as never)})`;
  const disconnect = async (user: string, id: string) =>
    await sql`select access_token, is_shared from public.disconnect_oauth(${user}, ${id})`;

  await t.step("wakes the posts that wait for it", async () => {
    const [account] = await save(userId, "google:1", ACCOUNT);
    const publisher = { userId, videoId: await addVideo(admin, userId), connectionId: account!.id };
    const { targets: [target] } = await createPost(sql, publisher);
    const [job] = await claim(sql, 1);
    await sql`
      select public.park_publish_job(${target!.id}, ${
      job!.lease_token
    }, 'needs_reauth', 'reauth_required', 'Connect.')`;
    assert.equal((await readTarget(admin, target!.id)).status, "needs_reauth");
    const [again] = await save(userId, "google:1", { ...ACCOUNT, account_name: "Renamed" });
    assert.equal(again!.id, account!.id);
    const woken = await readTarget(admin, target!.id);
    assert.notEqual(woken.status, "needs_reauth");
    assert.ok(woken.work_at <= new Date());
  });

  await t.step("all accounts of a sign-in at once, or none", async () => {
    const two = await save(userId, "google:2", { ...ACCOUNT, account_id: "b" }, {
      ...ACCOUNT,
      account_id: "a",
    });
    assert.equal(two.length, 2);
    const broken = { ...ACCOUNT, account_id: "d", access_token: null };
    await assert.rejects(() => save(userId, "google:3", { ...ACCOUNT, account_id: "c" }, broken));
    const [left] = await admin`
      select count(*)::integer from public.oauth_connections where account_id in ('c', 'd')`;
    assert.equal(left!.count, 0);
  });

  await t.step("tells whether anybody else lives on the same permission", async () => {
    const other = await addUser(admin);
    const [first] = await save(userId, "google:4", { ...ACCOUNT, account_id: "shared" });
    const [second] = await save(other, "google:4", { ...ACCOUNT, account_id: "shared" });
    assert.equal((await disconnect(other, first!.id)).length, 0);
    assert.equal((await disconnect(userId, first!.id))[0]!.is_shared, true);
    assert.deepEqual({ ...(await disconnect(other, second!.id))[0] }, {
      access_token: "sealed",
      is_shared: false,
    });
    assert.deepEqual({ ...(await disconnect(other, second!.id))[0] }, {
      access_token: null,
      is_shared: false,
    });
  });

  await t.step("one of two refreshers gets the lease, and late answers count for nothing", async () => {
    const [account] = await save(userId, "google:5", { ...ACCOUNT, account_id: "lease" });
    const [row] = await sql`
      select issued_at::text as version from public.get_oauth_access(${userId}, ${account!.id})`;
    const holders = [crypto.randomUUID(), crypto.randomUUID()];
    const claims = await Promise.all(
      holders.map((holder) =>
        sql`select connection_id from public.claim_oauth_refresh(${account!.id}, ${holder}, ${
          row!.version
        }::text::timestamptz, 45)`
      ),
    );
    assert.equal(claims.flat().length, 1);
    const loser = holders[claims.findIndex((rows) => rows.length === 0)]!;
    const [late] = await sql`
      select public.save_refreshed_oauth_tokens(${account!.id}, ${loser}, ${sql.json(ACCOUNT)}) as saved,
        public.fail_oauth_refresh(${account!.id}, ${loser}, 'x', true) as failed`;
    assert.deepEqual({ ...late }, { saved: false, failed: false });
  });
});
