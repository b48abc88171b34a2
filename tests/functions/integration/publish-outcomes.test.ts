import assert from "node:assert/strict";
import postgres from "postgres";
import { eventually } from "../../support/eventually.ts";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, createBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform, listAccounts } from "../support/publish.ts";
import { readPosts, waitForTarget } from "../support/published.ts";
import { createControl } from "../support/sandbox.ts";
import { uploadVideo } from "../support/upload-video.ts";

const { env, stop } = await startStack({ basePort: PORTS.publishOutcomes });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
await control.set({ processing_ms: 100 });
await control.set({ service: "google", processing_ms: 500 });
const owner = await createAccount(env);
await connect(env, owner);
const channel = `out-${crypto.randomUUID()}`;
const { id: connectionId } = await connectPlatform(env, owner, "youtube", channel);
const video = await uploadVideo(env, owner, {}, createBytes(900_000, 9));
const call = (method: string, path: string, body?: unknown) =>
  callFunction(env, owner, method, path, { body });

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

async function post(more: Record<string, unknown> = {}, options: Record<string, unknown> = {}) {
  const targets = [{ platform: "youtube", connection_id: connectionId, options }];
  return await call("POST", "publish/posts", {
    video_id: video.id,
    caption: crypto.randomUUID(),
    targets,
    ...more,
  });
}

Deno.test("Outcomes: a video that YouTube makes private is published, and its user is told", async () => {
  await control.set({ service: "google", force_private: true });
  const { body } = await post({}, { privacy: "public" });
  const target = await waitForTarget(env, owner, String(body.published_video_id), "published");
  await control.set({ service: "google", force_private: null });
  const { notice } = target as unknown as { notice: { code: string; message: string } };
  assert.equal(target.error, null);
  assert.equal(notice.code, "made_private");
  await sql`select private.tell_published_targets()`;
  const [told] = await sql`
    select title, body, link_path from public.notifications
    where user_id = ${owner.id} and kind = 'publish.published' order by id desc limit 1`;
  assert.deepEqual({ ...told }, {
    title: "Published on YouTube",
    body: notice.message,
    link_path: `/posts/${body.published_video_id}`,
  });
});

Deno.test("Outcomes: a video that was asked to be private has nothing to be told", async () => {
  const { body } = await post({}, { privacy: "private" });
  const target = await waitForTarget(env, owner, String(body.published_video_id), "published");
  assert.equal("notice" in target, false);
});

Deno.test("Outcomes: a video that YouTube turns down after the upload failed, and can be tried again", async () => {
  await control.set({ service: "google", rejection_reason: "copyright" });
  const { body } = await post();
  const id = String(body.published_video_id);
  const target = await waitForTarget(env, owner, id, "failed");
  assert.equal(target.error?.code, "rejected_for_rights");
  const [attempt] = await sql`
    select step, provider_reference from public.publish_attempts where target_id = ${target.id}`;
  assert.deepEqual({ ...attempt }, { step: "confirm", provider_reference: "copyright" });
  await control.set({ service: "google", rejection_reason: null });
  await call("POST", `publish/posts/${id}/retry`);
  await waitForTarget(env, owner, id, "published");
});

Deno.test("Outcomes: trouble while YouTube is asked about a video it took costs patience alone", async () => {
  const before = (await readPosts(env)).filter(({ account }) => account === channel).length;
  await control.fault({
    service: "google",
    method: "GET",
    path: "/youtube/v3/videos",
    kind: "status",
    value: 403,
    times: 2,
  });
  const { body } = await post();
  await waitForTarget(env, owner, String(body.published_video_id), "published");
  assert.equal((await readPosts(env)).filter(({ account }) => account === channel).length, before + 1);
});

Deno.test("Outcomes: a day whose places are gone is refused with the next one", async () => {
  await sql`update private.provider_budgets set max_count = 1 where budget = 'youtube.inserts'`;
  const scheduled_for = new Date(Date.now() + 3 * 24 * 3_600_000).toISOString();
  const first = await post({ scheduled_for });
  assert.equal(first.status, 201);
  const { status, body } = await post({ scheduled_for });
  assert.deepEqual([status, body.code], [422, "day_is_full"]);
  const { next_free_at } = body.details as { next_free_at: string };
  const next = await post({ scheduled_for: next_free_at });
  assert.equal(next.status, 201, JSON.stringify(next.body));
  for (const { body } of [first, next]) await call("POST", `publish/posts/${body.published_video_id}/cancel`);
  await sql`update private.provider_budgets set max_count = 100 where budget = 'youtube.inserts'`;
});

Deno.test("Outcomes: a video that a post waits for keeps its file", async () => {
  const { id } = await uploadVideo(env, owner, {}, createBytes(400_000, 2));
  const scheduled_for = new Date(Date.now() + 3_600_000).toISOString();
  const { body: made } = await post({ video_id: id, scheduled_for });
  const before = (await control.files()).length;
  const { status, body } = await call("DELETE", `videos/${id}`);
  assert.deepEqual([status, body.code], [409, "video_in_use"]);
  const [use] = body.details as { post_id: string; platform: string; scheduled_for: string }[];
  assert.deepEqual([use!.post_id, use!.platform], [made.published_video_id, "youtube"]);
  assert.equal(new Date(use!.scheduled_for).toISOString(), scheduled_for);
  assert.equal((await control.files()).length, before, "the file is where it was");

  await call("POST", `publish/posts/${made.published_video_id}/cancel`);
  await control.fault({ method: "DELETE", path: "*", kind: "status", value: 500, times: 6 });
  assert.equal((await call("DELETE", `videos/${id}`)).status, 502);
  await control.clearFaults();
  const again = await post({ video_id: id, scheduled_for });
  assert.equal(again.status, 201, "a deletion that failed does not keep posts away");
  await call("POST", `publish/posts/${again.body.published_video_id}/cancel`);
  assert.equal((await call("DELETE", `videos/${id}`)).status, 204);
  assert.equal((await control.files()).length, before - 1);
});

Deno.test("Outcomes: accounts say by which sign-in they came", async () => {
  const { id } = await connectPlatform(env, owner, "instagram", undefined, { route: "instagram_login" });
  const accounts = await listAccounts(env, owner) as unknown as { id: string; route: string }[];
  assert.deepEqual(
    [connectionId, id].map((wanted) => accounts.find((account) => account.id === wanted)!.route),
    ["google", "instagram_login"],
  );
});

Deno.test("Outcomes: a leaving account takes its permissions back at the platforms, or leaves without", async () => {
  const countCalls = async (service: string, method: string, route: string) => {
    const calls = await (await fetch(`${env.SANDBOX_URL}/__sandbox/requests?service=${service}`)).json();
    return calls.filter((made: { method: string; route: string }) =>
      made.method === method && made.route.endsWith(route)
    ).reduce((sum: number, { count }: { count: number }) => sum + count, 0) as number;
  };
  const leave = async () => {
    const leaver = await createAccount(env);
    await connectPlatform(env, leaver, "youtube");
    await connectPlatform(env, leaver, "instagram");
    const [user] = await sql`select email from auth.users where id = ${leaver.id}`;
    const { status } = await callFunction(env, leaver, "POST", "account/delete", {
      body: { email: user!.email },
    });
    assert.equal(status, 200);
    await eventually("the account is gone", async () => {
      const left = await sql`select 1 from auth.users where id = ${leaver.id}`;
      const jobs = await sql`select 1 from private.account_deletions where user_id = ${leaver.id}`;
      return left.length + jobs.length === 0;
    }, 40_000);
  };
  await leave();
  assert.equal(await countCalls("google", "POST", "/revoke"), 1);
  assert.equal(await countCalls("meta", "DELETE", "/permissions"), 1);
  await control.fault({
    service: "google",
    method: "POST",
    path: "/revoke",
    kind: "status",
    value: 500,
    times: 9,
  });
  await leave();
});
