import assert from "node:assert/strict";
import { connectPlatform } from "../support/publish.ts";
import { sha256Of } from "../support/published.ts";
import { PORTS } from "../support/ports.ts";
import { inSeconds, openPublishWorld } from "../support/publish-world.ts";

const world = await openPublishWorld(PORTS.publishReauth);
const { env, sql, control } = world;
const SESSIONS = "/upload/youtube/v3/videos";

Deno.test.afterAll(() => world.close());

async function countCalls(method: string, route: string, status: number): Promise<number> {
  const calls = await control.requests();
  return calls.filter((call) => call.method === method && call.route === route && call.status === status)
    .reduce((sum, { count }) => sum + count, 0);
}

Deno.test("Reauth: a token that lives shorter than an upload costs neither bytes nor session", async () => {
  await control.set({ service: "google", token_lifetime_s: 5 });
  const creator = await world.createCreator(22_000_000);
  const opened = await countCalls("POST", SESSIONS, 200);
  const refused = await countCalls("PUT", SESSIONS, 401);
  // The question where the session is, the first chunk; the second comes after the token's end.
  await control.fault({
    service: "google",
    method: "PUT",
    path: SESSIONS,
    kind: "delay",
    value: 6_000,
    skip: 2,
  });
  const { id } = await creator.post("Outlives its token", ["youtube"]);
  const target = await creator.waitFor(id, "youtube", "published");
  await control.set({ service: "google", token_lifetime_s: null });
  assert.equal(target.attempts, 0);
  assert.ok(await countCalls("PUT", SESSIONS, 401) > refused);
  assert.equal(await countCalls("POST", SESSIONS, 200), opened + 1);
  const posts = await creator.postsOf("Outlives its token");
  assert.deepEqual(posts.map(({ sha256 }) => sha256), [await sha256Of(creator.bytes)]);
});

Deno.test("Reauth: a permission that is taken back from one platform of a post", async (t) => {
  const creator = await world.createCreator();
  await control.fault({ service: "google", method: "POST", path: SESSIONS, kind: "revoke" });
  const now = await creator.post("Interrupted", ["youtube", "instagram"]);
  const waiting = await creator.waitFor(now.id, "youtube", "needs_reauth");
  const later = await creator.post("In an hour", ["youtube"], { scheduled_for: inSeconds(3600) });

  await t.step("says what to do, once", async () => {
    assert.equal(waiting.error?.code, "post_reauth_required");
    assert.match(String(waiting.error?.message), /[Cc]onnect/);
    const rows = await sql`select kind from public.notifications where user_id = ${creator.account.id}`;
    const about = rows.map(({ kind }) => kind).filter((kind) => kind !== "publish.published");
    assert.deepEqual(about, ["publish.account_expired"]);
  });

  await t.step("does not hold up the other", async () => {
    await creator.waitFor(now.id, "instagram", "published");
    assert.deepEqual(await creator.postsOf("Interrupted", "youtube"), []);
  });

  await t.step("leaves a post that waits for it to be called back", async () => {
    const dropped = await creator.post("Given up", ["youtube"], { scheduled_for: inSeconds(1) });
    await creator.waitFor(dropped.id, "youtube", "needs_reauth");
    const { status, body } = await creator.call("POST", `posts/${dropped.id}/cancel`);
    assert.deepEqual([status, body.overall_status], [200, "canceled"], JSON.stringify(body));
  });

  await t.step("lets everything go on by itself once it is given again", async () => {
    const again = await connectPlatform(env, creator.account, "youtube", creator.name);
    assert.equal(again.id, creator.connections.youtube);
    await creator.waitFor(now.id, "youtube", "published");
    assert.equal((await creator.postsOf("Interrupted", "youtube")).length, 1);
    await creator.waitFor(later.id, "youtube", "scheduled");
    assert.deepEqual(await creator.postsOf("Given up"), []);
    assert.deepEqual([...await sql`select * from private.find_stuck_targets()`], []);
  });
});
