import assert from "node:assert/strict";
import postgres from "postgres";
import { contextOf } from "../../../supabase/functions/_shared/providers/oauth/seal-tokens.ts";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, createBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform, listAccounts } from "../support/publish.ts";
import { createStackDeps } from "../support/publish-deps.ts";
import { readPosts, sha256Of, waitForTarget } from "../support/published.ts";
import { createControl } from "../support/sandbox.ts";
import { uploadVideo } from "../support/upload-video.ts";

const stack = await startStack({ basePort: PORTS.publishAccess });
const { env } = stack;
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
const deps = await createStackDeps(stack);
await control.set({ processing_ms: 100 });
await control.set({ service: "google", processing_ms: 300 });
await control.set({ service: "instagram", processing_ms: 300 });
const owner = await createAccount(env);
await connect(env, owner);
const bytes = createBytes(1_500_000, 3);
const video = await uploadVideo(env, owner, {}, bytes);

Deno.test.afterAll(async () => {
  await sql.end();
  await stack.stop();
});

// What is scheduled for within ten minutes is prepared at once.
await sql`update private.settings set value = '{"default": 600}' where key = 'publish.lead_seconds'`;

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const statusOf = async (id: string) =>
  (await listAccounts(env, owner)).find((account) => account.id === id)!.status;

async function post(platform: string, connection_id: string, more: Record<string, unknown> = {}) {
  const { status, body } = await callFunction(env, owner, "POST", "publish/posts", {
    body: {
      video_id: video.id,
      caption: crypto.randomUUID(),
      targets: [{ platform, connection_id }],
      ...more,
    },
  });
  assert.equal(status, 201, JSON.stringify(body));
  return String(body.published_video_id);
}

const publishNow = (id: string) =>
  callFunction(env, owner, "PATCH", `publish/posts/${id}`, { body: { scheduled_for: null } });

const countOf = async (account: string) =>
  (await readPosts(env)).filter((post) => post.account === account).length;

for (const [route, service] of [["facebook_login", "meta"], ["instagram_login", "instagram"]] as const) {
  Deno.test(`Access: Instagram by ${route} ends while it is used, and all posts go on after reconnecting`, async () => {
    const name = `end-${crypto.randomUUID()}`;
    const { id } = await connectPlatform(env, owner, "instagram", name, { route });
    const ready = await post("instagram", id, { scheduled_for: inSeconds(500) });
    await waitForTarget(env, owner, ready, "ready");
    await control.fault({ service, method: "POST", path: "*/media", kind: "revoke", value: 460, times: 1 });
    const working = await post("instagram", id);
    const parked = await waitForTarget(env, owner, working, "needs_reauth");
    assert.equal(parked.error?.code, "post_reauth_required");
    await waitForTarget(env, owner, ready, "needs_reauth");
    assert.equal(await statusOf(id), "expired");
    const late = await post("instagram", id).catch((error) => error as Error);
    assert.equal(await countOf(name), 0);

    assert.equal((await connectPlatform(env, owner, "instagram", name, { route })).id, id);
    await publishNow(ready);
    const posts = [ready, working, ...(typeof late === "string" ? [late] : [])];
    for (const each of posts) await waitForTarget(env, owner, each, "published", 60_000);
    assert.equal(await countOf(name), posts.length);
  });
}

Deno.test("Access: a permission taken back is more than a new token cures, and ends with a new consent", async () => {
  const name = `permit-${crypto.randomUUID()}`;
  const { id } = await connectPlatform(env, owner, "instagram", name, { route: "facebook_login" });
  const stored = (await deps.tokens.getAccess(owner.id, id))!;
  const token = await deps.cipher.decrypt(stored.token!.accessToken, contextOf(stored, "access_token"));
  const taken = await fetch(`${env.META_GRAPH_URL}/v26.0/me/permissions/instagram_content_publish`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(taken.status, 200, await taken.text());
  const waiting = await post("instagram", id);
  await waitForTarget(env, owner, waiting, "needs_reauth");
  assert.equal(await statusOf(id), "expired");
  const notices = await sql`
    select kind, link_path from public.notifications where link_path like ${`%${id}`}`;
  assert.deepEqual(notices.map(({ kind, link_path }) => [kind, link_path]), [
    ["publish.account_expired", `/settings/accounts?account=${id}`],
  ]);
  await connectPlatform(env, owner, "instagram", name, { route: "facebook_login" });
  await waitForTarget(env, owner, waiting, "published");
  assert.equal(await countOf(name), 1);
});

Deno.test("Access: YouTube's invalid_grant parks every post of the channel until it is connected again", async () => {
  const name = `grant-${crypto.randomUUID()}`;
  const { id } = await connectPlatform(env, owner, "youtube", name);
  const ready = await post("youtube", id, { scheduled_for: inSeconds(500) });
  await waitForTarget(env, owner, ready, "ready");
  await sql`update private.oauth_tokens set expires_at = now() + interval '30 seconds' where connection_id = ${id}`;
  await control.fault({ service: "google", method: "POST", path: "/token", kind: "revoke", times: 1 });
  const working = await post("youtube", id);
  await waitForTarget(env, owner, working, "needs_reauth");
  await waitForTarget(env, owner, ready, "needs_reauth");
  assert.equal(await statusOf(id), "expired");
  await connectPlatform(env, owner, "youtube", name);
  await publishNow(ready);
  for (const each of [ready, working]) await waitForTarget(env, owner, each, "published", 60_000);
  assert.equal(await countOf(name), 2);
});

Deno.test("Access: a token that ends in the middle of an upload is renewed, and its session goes on", async () => {
  const name = `middle-${crypto.randomUUID()}`;
  const { id } = await connectPlatform(env, owner, "youtube", name);
  const large = createBytes(40_000_000, 5);
  const { id: video_id } = await uploadVideo(env, owner, {}, large);
  const sessions = async () => {
    const calls = await (await fetch(`${env.SANDBOX_URL}/__sandbox/requests?service=google`)).json();
    return calls.filter(({ method, route }: { method: string; route: string }) =>
      method === "POST" && route.includes("/upload/youtube/v3/videos")
    ).reduce((sum: number, { count }: { count: number }) => sum + count, 0) as number;
  };
  const before = await sessions();
  await control.fault({
    service: "google",
    method: "PUT",
    path: "/upload/youtube/v3/videos*",
    kind: "status",
    value: 401,
    skip: 2,
    times: 1,
  });
  const going = await post("youtube", id, { video_id });
  const target = await waitForTarget(env, owner, going, "published", 60_000);
  assert.equal(target.attempts, 0);
  assert.equal(await sessions(), before + 1, "one session from begin to end");
  const [shown] = (await readPosts(env)).filter((each) => each.account === name);
  assert.equal(shown!.sha256, await sha256Of(large));
});
