import assert from "node:assert/strict";
import { PORTS } from "../support/ports.ts";
import { connectPlatform } from "../support/publish.ts";
import { sha256Of } from "../support/published.ts";
import { inSeconds, openPublishWorld } from "../support/publish-world.ts";

const world = await openPublishWorld(PORTS.publishFacebook);
const { env, sql, control } = world;
const FINISH = "/*/video_reels";
const UPLOAD = "/video-upload/*";
await control.set({ service: "meta", processing_ms: 300 });
const creator = await world.createCreator();
await connectPlatform(env, creator.account, "facebook", creator.name);

Deno.test.afterAll(() => world.close());
Deno.test.afterEach(async () => {
  await control.clearFaults();
  const none = {
    reel_failure_code: null,
    fail_publishing: null,
    process_on_finish: null,
    reels_per_day: null,
  };
  await control.set({ service: "meta", ...none, status_spelling: null, partial_fragments: null });
});

/** A fault of Facebook's graph; `skip` leaves the start phase alone, which has the same address. */
const fault = (kind: string, more: Record<string, string | number> = {}) =>
  control.fault({ service: "meta", method: "POST", path: FINISH, kind, times: 1, ...more });

/** Schedules a post and waits until only its time is missing. */
async function prepare(caption: string) {
  const post = await creator.post(caption, ["facebook"], { scheduled_for: inSeconds(500) });
  await creator.waitFor(post.id, "facebook", "ready");
  return { ...post, goOut: () => creator.call("PATCH", `posts/${post.id}`, { scheduled_for: null }) };
}

Deno.test("Facebook: a post without a time", async () => {
  const { body } = await creator.call("POST", "posts", {
    video_id: creator.videoId,
    caption: "At once",
    hashtags: ["kettle"],
    targets: [{ platform: "facebook", options: { title: "The kettle" } }],
  });
  const target = await creator.waitFor(String(body.published_video_id), "facebook", "published");
  const [shown, ...more] = await creator.postsOf("At once");
  assert.equal(more.length, 0);
  assert.equal(shown!.platform, "facebook");
  assert.equal(shown!.sha256, await sha256Of(creator.bytes));
  assert.equal(shown!.caption, "The kettle\n\nAt once\n\n#kettle");
  assert.equal(target.platform_url, shown!.url);
  assert.equal(target.attempts, 0);
  assert.match(await (await fetch(shown!.url)).text(), /<video/);
});

Deno.test("Facebook: a scheduled post is shown at its time and not before", async () => {
  const post = await prepare("Later");
  assert.deepEqual(await creator.postsOf("Later"), []);
  const scheduled_for = inSeconds(3);
  await creator.call("PATCH", `posts/${post.id}`, { scheduled_for });
  await creator.waitFor(post.id, "facebook", "published");
  const [shown] = await creator.postsOf("Later");
  const latenessMs = new Date(shown!.created_at).getTime() - new Date(scheduled_for).getTime();
  assert.ok(latenessMs > -50 && latenessMs < 60_000, `${latenessMs} ms late`);
});

Deno.test("Facebook: the answer to the finish phase is lost", async () => {
  const post = await prepare("Unheard");
  await fault("lost_answer");
  await post.goOut();
  const target = await creator.waitFor(post.id, "facebook", "published");
  const shown = await creator.postsOf("Unheard");
  assert.equal(shown.length, 1);
  assert.equal(target.platform_url, shown[0]!.url);
  assert.equal(target.attempts, 1);
});

Deno.test("Facebook: a finish phase that fails before its effect is made again once that is proven", async () => {
  const post = await prepare("Failed once");
  await fault("status", { value: 500 });
  await post.goOut();
  await creator.waitFor(post.id, "facebook", "published");
  assert.equal((await creator.postsOf("Failed once")).length, 1);
});

Deno.test("Facebook: workers that are killed lose nothing and post nothing twice", async () => {
  const captions = Array.from({ length: 5 }, (_, number) => `Killed ${number}`);
  const posts = await Promise.all(captions.map((caption) => creator.post(caption, ["facebook"])));
  for (let kill = 0; kill < 4; kill++) await world.killFunction("publish");
  for (const { id } of posts) await creator.waitFor(id, "facebook", "published", 120_000);
  for (const caption of captions) assert.equal((await creator.postsOf(caption)).length, 1, caption);
  assert.deepEqual([...await sql`select * from private.find_stuck_targets()`], []);
});

for (const status_spelling of ["guide", "seen"]) {
  Deno.test(`Facebook: an upload that breaks off goes on where it was (${status_spelling})`, async () => {
    await control.set({ service: "meta", status_spelling });
    await control.fault({ service: "meta", path: UPLOAD, kind: "drop_after", value: 2_000_000, times: 1 });
    const caption = `Broken off, ${status_spelling}`;
    const { id } = await creator.post(caption, ["facebook"]);
    const target = await creator.waitFor(id, "facebook", "published");
    assert.equal(target.attempts, 0, "what passes within moments is no attempt");
    const shown = await creator.postsOf(caption);
    assert.deepEqual(shown.map(({ sha256 }) => sha256), [await sha256Of(creator.bytes)]);
  });
}

Deno.test("Facebook: a video that is processed only after its finish is waited for", async () => {
  await control.set({ service: "meta", process_on_finish: true });
  const { id } = await creator.post("Processed late", ["facebook"]);
  await creator.waitFor(id, "facebook", "published");
  assert.equal((await creator.postsOf("Processed late")).length, 1);
});

Deno.test("Facebook: a permission that ends at the finish phase waits, and goes on by itself", async () => {
  const other = await world.createCreator();
  await connectPlatform(env, other.account, "facebook", other.name);
  const post = await other.post("Interrupted", ["facebook"], { scheduled_for: inSeconds(500) });
  await other.waitFor(post.id, "facebook", "ready");
  await fault("revoke");
  await other.call("PATCH", `posts/${post.id}`, { scheduled_for: null });
  const waiting = await other.waitFor(post.id, "facebook", "needs_reauth");
  assert.equal(waiting.error?.code, "post_reauth_required");
  await connectPlatform(env, other.account, "facebook", other.name);
  await other.waitFor(post.id, "facebook", "published");
  assert.equal((await other.postsOf("Interrupted", "facebook")).length, 1);
});

Deno.test("Facebook: a Page whose day is used up waits for room", async () => {
  const post = await prepare("One too many");
  await control.set({ service: "meta", reels_per_day: 0 });
  await post.goOut();
  const waiting = await creator.waitFor(post.id, "facebook", "quota_wait");
  assert.equal(waiting.error?.code, "quota_reached");
  await control.set({ service: "meta", reels_per_day: null });
  await sql`
    update private.publish_jobs set work_at = now() where target_id = ${post.targetIds.facebook!}`;
  await creator.waitFor(post.id, "facebook", "published");
  assert.equal((await creator.postsOf("One too many")).length, 1);
});

Deno.test("Facebook: what it says of a file before the post goes out", async (t) => {
  for (
    const [code, status, error] of [
      [1363128, "failed", "format_refused"],
      [1363127, "needs_conversion", "format_not_accepted"],
    ] as const
  ) {
    await t.step(`${code} ends in ${error}`, async () => {
      await control.set({ service: "meta", reel_failure_code: code });
      const { id } = await creator.post(`Refused for ${code}`, ["facebook"]);
      const target = await creator.waitFor(id, "facebook", status);
      assert.equal(target.error?.code, error);
      assert.deepEqual(await creator.postsOf(`Refused for ${code}`), []);
    });
  }
});

Deno.test("Facebook: a Reel that fails while it is published is told as such", async () => {
  await control.set({ service: "meta", fail_publishing: true });
  const { id } = await creator.post("Turned down", ["facebook"]);
  const target = await creator.waitFor(id, "facebook", "failed");
  assert.equal(target.error?.code, "rejected_after_upload");
  assert.deepEqual(await creator.postsOf("Turned down"), []);
});

Deno.test("Facebook: texts and options it would not take are refused at once", async () => {
  const post = (caption: string, options: object) =>
    creator.call("POST", "posts", {
      video_id: creator.videoId,
      caption,
      targets: [{ platform: "facebook", options }],
    });
  const long = await post("x".repeat(2201), {});
  assert.deepEqual([long.status, long.body.code], [422, "text_not_accepted"]);
  assert.match(String(long.body.message), /^Facebook takes 2,200 characters/);
  const odd = await post("x", { privacy: "private" });
  assert.deepEqual([odd.status, odd.body.code], [400, "invalid_request"]);
});

Deno.test("Instagram behind a Page: bytes are pushed where a copy is not wanted", async (t) => {
  await sql`update private.settings set value = '"push"' where key = 'publish.instagram_upload'`;
  await control.fault({
    service: "meta",
    path: "/ig-api-upload/*",
    kind: "drop_after",
    value: 1_000_000,
    times: 1,
  });
  const { id } = await creator.post("Pushed", ["instagram"]);
  const target = await creator.waitFor(id, "instagram", "published");
  await sql`update private.settings set value = '"pull"' where key = 'publish.instagram_upload'`;

  await t.step("also when the way to Instagram breaks off", async () => {
    const shown = await creator.postsOf("Pushed");
    assert.deepEqual(shown.map(({ sha256 }) => sha256), [await sha256Of(creator.bytes)]);
    assert.equal(target.platform_url, shown[0]!.url);
  });

  await t.step("and no copy is made", async () => {
    const copies = await sql`select 1 from private.staged_copies where post_id = ${id}`;
    assert.equal(copies.length, 0);
  });
});
