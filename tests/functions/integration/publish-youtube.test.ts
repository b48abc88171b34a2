import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, createBytes } from "../support/onedrive.ts";
import { openOfficialYoutube } from "../support/official-youtube.ts";
import { poll } from "../support/poll.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform } from "../support/publish.ts";
import { readPosts, sha256Of, waitForTarget } from "../support/published.ts";
import { createControl } from "../support/sandbox.ts";
import { uploadVideo } from "../support/upload-video.ts";

const { env, stop, killFunction } = await startStack({ basePort: PORTS.publishYoutube });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
await control.set({ processing_ms: 100 });
// What is scheduled for within ten minutes is prepared at once.
await sql`update private.settings set value = '{"default": 600}' where key = 'publish.lead_seconds'`;
const owner = await createAccount(env);
await connect(env, owner);
const channel = `yt-${crypto.randomUUID()}`;
await connectPlatform(env, owner, "youtube", channel);
const bytes = createBytes(9_700_000, 7);
const video = await uploadVideo(env, owner, {}, bytes);
const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  callFunction(env, owner, method, `publish/${path}`, { body, headers });
const postsOf = async (text: string) =>
  (await readPosts(env)).filter(({ account, caption }) => account === channel && caption.includes(text));

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

Deno.test("YouTube: a post without a time", async (t) => {
  const body = {
    video_id: video.id,
    caption: "At once",
    hashtags: ["kettle"],
    targets: [{
      platform: "youtube",
      options: { title: "The kettle", privacy: "unlisted", tags: ["kettle", "tea time"] },
    }],
  };
  const headers = { "idempotency-key": crypto.randomUUID() };
  const created = await call("POST", "posts", body, headers);
  assert.equal(created.status, 201, JSON.stringify(created.body));

  await t.step("goes out once, with the file's bytes", async () => {
    const target = await waitForTarget(env, owner, String(created.body.published_video_id), "published");
    assert.equal(target.error, null);
    const [post, ...more] = await postsOf("At once");
    assert.equal(more.length, 0);
    assert.equal(post!.sha256, await sha256Of(bytes));
    assert.equal(post!.caption, "The kettle\n\nAt once\n\n#kettle");
    assert.equal(target.platform_url, post!.url);
  });

  await t.step("has an address that plays it", async () => {
    const [post] = await postsOf("At once");
    const page = await fetch(post!.url);
    assert.match(await page.text(), /<video/);
  });

  await t.step("is there for YouTube's official client as it was asked for", async () => {
    const client = await openOfficialYoutube(env, channel);
    const [post] = await postsOf("At once");
    const { data } = await client.videos.list({ part: ["snippet", "status"], id: [post!.id] });
    const { snippet, status } = data.items![0]!;
    assert.equal(snippet!.title, "The kettle");
    assert.equal(snippet!.description, "At once\n\n#kettle");
    assert.deepEqual(snippet!.tags, ["kettle", "tea time"]);
    assert.deepEqual([status!.privacyStatus, status!.selfDeclaredMadeForKids], ["unlisted", false]);
  });

  await t.step("is answered the same again with its key, and made once", async () => {
    const again = await call("POST", "posts", body, headers);
    assert.deepEqual([again.status, again.body], [201, created.body]);
    const other = await call("POST", "posts", { ...body, caption: "Another" }, headers);
    assert.deepEqual([other.status, other.body.code], [409, "idempotency_key_reused"]);
  });

  await t.step("is refused without a key: the same within a day", async () => {
    const { status, body: answer } = await call("POST", "posts", body);
    assert.deepEqual([status, answer.code], [409, "duplicate_post"]);
  });
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** Gives a post another time; null is now. */
async function moveTo(id: string, scheduled_for: string | null): Promise<void> {
  const { status, body } = await call("PATCH", `posts/${id}`, { scheduled_for });
  assert.equal(status, 200, JSON.stringify(body));
}

Deno.test("YouTube: a scheduled post", async () => {
  const { body } = await call("POST", "posts", {
    video_id: video.id,
    caption: "Later",
    scheduled_for: inSeconds(500),
    targets: [{ platform: "youtube" }],
  });
  const id = String(body.published_video_id);
  await waitForTarget(env, owner, id, "ready");
  assert.deepEqual(await postsOf("Later"), []);
  const dueAt = inSeconds(3);
  await moveTo(id, dueAt);
  await waitForTarget(env, owner, id, "published");
  const [post] = await postsOf("Later");
  const latenessMs = new Date(post!.created_at).getTime() - new Date(dueAt).getTime();
  assert.ok(latenessMs > -50 && latenessMs < 60_000, `${latenessMs} ms late`);
  assert.equal(post!.sha256, await sha256Of(bytes));
});

Deno.test("YouTube: the answer to the last chunk is lost", async () => {
  const { body } = await call("POST", "posts", {
    video_id: video.id,
    caption: "Unheard",
    scheduled_for: inSeconds(500),
    targets: [{ platform: "youtube" }],
  });
  const id = String(body.published_video_id);
  await waitForTarget(env, owner, id, "ready");
  await control.fault({
    service: "google",
    method: "PUT",
    path: "/upload/youtube/v3/videos*",
    kind: "lost_answer",
    times: 1,
  });
  await moveTo(id, null);
  const target = await waitForTarget(env, owner, id, "published");
  assert.equal((await postsOf("Unheard")).length, 1);
  assert.equal(target.attempts, 1);
  const outcomes = await poll("the attempt is on record", async () => {
    const rows = await sql`select step, outcome from public.publish_attempts where target_id = ${target.id}`;
    return rows.length > 0 && rows;
  });
  assert.deepEqual(outcomes.map(({ step, outcome }) => [step, outcome]), [["publish", "unknown"]]);
});

Deno.test("YouTube: a token that is refused in the middle is renewed", async () => {
  await control.fault({
    service: "google",
    method: "PUT",
    path: "/upload/youtube/v3/videos*",
    kind: "status",
    value: 401,
    times: 1,
  });
  const { body } = await call("POST", "posts", {
    video_id: video.id,
    caption: "Renewed",
    targets: [{ platform: "youtube" }],
  });
  const target = await waitForTarget(env, owner, String(body.published_video_id), "published");
  assert.equal(target.attempts, 0);
  assert.equal((await postsOf("Renewed")).length, 1);
});

Deno.test("YouTube: trouble that passes costs a pause", async () => {
  await control.fault({
    service: "google",
    method: "POST",
    path: "/upload/youtube/v3/videos*",
    kind: "status",
    value: 500,
    times: 3,
  });
  const { body } = await call("POST", "posts", {
    video_id: video.id,
    caption: "After trouble",
    targets: [{ platform: "youtube" }],
  });
  const target = await waitForTarget(env, owner, String(body.published_video_id), "published");
  assert.equal(target.attempts, 1);
});

Deno.test("YouTube: workers that are killed lose nothing and post nothing twice", async () => {
  const captions = Array.from({ length: 6 }, (_, number) => `Killed ${number}`);
  const ids = await Promise.all(captions.map(async (caption) => {
    const { body } = await call("POST", "posts", {
      video_id: video.id,
      caption,
      targets: [{ platform: "youtube" }],
    });
    return String(body.published_video_id);
  }));
  for (let kill = 0; kill < 4; kill++) await killFunction("publish");
  for (const id of ids) await waitForTarget(env, owner, id, "published", 120_000);
  for (const caption of captions) assert.equal((await postsOf(caption)).length, 1, caption);
  const stuck = await sql`select * from private.find_stuck_targets() where user_id = ${owner.id}`;
  assert.deepEqual([...stuck], []);
});
