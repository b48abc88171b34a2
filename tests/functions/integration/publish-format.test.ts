import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { H264, makeClip } from "../publish/support/make-clip.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect } from "../support/onedrive.ts";
import { poll } from "../support/poll.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform } from "../support/publish.ts";
import { readPosts, sha256Of, waitForTarget } from "../support/published.ts";
import { createControl } from "../support/sandbox.ts";
import { uploadVideo } from "../support/upload-video.ts";

const { env, stop, killFunction } = await startStack({ basePort: PORTS.publishFormat });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
await control.set({ processing_ms: 100 });
await control.set({ service: "instagram", processing_ms: 300, check_video: true });
await sql`update private.settings set value = '[1, 2]' where key = 'publish.conversion_delays_seconds'`;
const owner = await createAccount(env);
await connect(env, owner);
const name = `ig-${crypto.randomUUID()}`;
const { id: connection_id } = await connectPlatform(env, owner, "instagram", name);

const VP9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"];
const WEBM = { filename: "clip.webm", mime_type: "video/webm" };
let clips = 0;
/** Another file each time: variants are made once per file. */
const uploadWebm = async () => {
  const fps = 24 + clips++;
  return await uploadVideo(
    env,
    owner,
    WEBM,
    await makeClip({ options: VP9, extension: "webm", seconds: 4, fps }),
  );
};
const post = async (video_id: string, caption: string) => {
  const targets = [{ platform: "instagram", connection_id }];
  return await callFunction(env, owner, "POST", "publish/posts", { body: { video_id, caption, targets } });
};
const postId = async (video_id: string, caption: string) => {
  const { status, body } = await post(video_id, caption);
  assert.equal(status, 201, JSON.stringify(body));
  return String(body.published_video_id);
};
const postsOf = async (text: string) =>
  (await readPosts(env)).filter(({ account, caption }) => account === name && caption === text);
const check = (video_id: string, ...platforms: string[]) =>
  callFunction(env, owner, "POST", "publish/posts/check", {
    body: { video_id, targets: platforms.map((platform) => ({ platform })) },
  });
const fault = (more: Record<string, string | number | null>) =>
  control.fault({ service: "transcoder", times: 1, ...more });

// The clock pokes every five seconds, which many small steps would wait for.
const pokes = setInterval(() => void sql`select private.poke_publish_workers()`.catch(() => {}), 500);

Deno.test.afterAll(async () => {
  clearInterval(pokes);
  await sql.end();
  await stop();
});

Deno.test("Formats: a wide VP9 WebM ends as a playing H.264 MP4 on Instagram", async () => {
  const video = await uploadWebm();
  const asked = await check(video.id, "instagram", "youtube");
  assert.equal(asked.status, 200, JSON.stringify(asked.body));
  const format = asked.body.format as Record<string, unknown>;
  assert.deepEqual([format.container, format.video_codec, format.width], ["WebM", "VP9", 320]);
  const [instagram, youtube] = asked.body.targets as { verdict: string; findings: { rule: string }[] }[];
  assert.equal(instagram!.verdict, "needs_conversion");
  assert.deepEqual(instagram!.findings.map(({ rule }) => rule), ["container", "video_codec", "audio_codec"]);
  assert.equal(youtube!.verdict, "fits");

  const target = await waitForTarget(env, owner, await postId(video.id, "Converted"), "published");
  const [shown, ...more] = await postsOf("Converted");
  assert.equal(more.length, 0);
  assert.equal(target.platform_url, shown!.url);
  const page = await (await fetch(shown!.url)).text();
  const source = /<video[^>]*src="([^"]+)"/.exec(page)?.[1] ?? /<source[^>]*src="([^"]+)"/.exec(page)?.[1];
  const published = await (await fetch(new URL(source!, shown!.url))).bytes();
  const path = await Deno.makeTempFile({ suffix: ".mp4" });
  await Deno.writeFile(path, published);
  const { stdout } = await new Deno.Command("ffprobe", {
    args: ["-v", "error", "-show_entries", "stream=codec_name,width,height", "-of", "csv=p=0", path],
  }).output();
  await Deno.remove(path);
  assert.deepEqual(new TextDecoder().decode(stdout).trim().split("\n"), ["h264,320,180", "aac"]);

  // Another post of the same file does not convert again.
  await waitForTarget(env, owner, await postId(video.id, "Once more"), "published");
  const rows = await sql`select status from public.video_variants where video_id = ${video.id}`;
  assert.deepEqual([...rows], [{ status: "ready" }]);
});

const waits: [string, Record<string, string | number>][] = [
  ["answers the first calls with 503", {
    kind: "status",
    value: 503,
    method: "POST",
    path: "/jobs",
    times: 1,
  }],
  ["begins a job whose answer is lost", { kind: "lost_answer", method: "POST", path: "/jobs", times: 1 }],
  ["loses a job", { kind: "revoke", method: "GET", path: "/jobs/*", times: 1 }],
  ["takes its time", { kind: "slow_processing", value: 4_000, method: "POST", path: "/jobs", times: 1 }],
  ["cuts a result off", { kind: "drop_after", value: 1_000, method: "GET", path: "/results/*", times: 1 }],
];
for (const [what, trouble] of waits) {
  Deno.test(`Formats: a transcoder that ${what} delays a post and loses nothing`, async () => {
    const video = await uploadWebm();
    await fault(trouble);
    await waitForTarget(env, owner, await postId(video.id, what), "published", 60_000);
    assert.equal((await postsOf(what)).length, 1);
    const [variant] = await sql`
      select variant.status, work.job_number, work.lease_token
      from public.video_variants as variant join private.variant_works as work on work.variant_id = variant.id
      where variant.video_id = ${video.id}`;
    const isNewJob = trouble.kind === "revoke";
    assert.deepEqual({ ...variant }, { status: "ready", job_number: isNewJob ? 2 : 1, lease_token: null });
  });
}

Deno.test("Formats: function processes that are killed while a video is converted leave one post", async () => {
  const video = await uploadWebm();
  await fault({ kind: "slow_processing", value: 8_000, method: "POST", path: "/jobs" });
  const id = await postId(video.id, "Killed");
  const status = async () =>
    (await sql`select status from public.video_variants where video_id = ${video.id}`)[0]?.status;
  await poll("the conversion runs", async () => await status() === "converting");
  await killFunction("publish");
  await poll("the result was stored", async () => await status() === "ready", 90_000);
  await killFunction("publish");
  await waitForTarget(env, owner, id, "published", 90_000);
  assert.equal((await postsOf("Killed")).length, 1);
});

Deno.test("Formats: a file that only the platform objects to is converted and tried again", async () => {
  const bytes = await makeClip({ options: H264, seconds: 4, fps: 25 });
  const video = await uploadVideo(env, owner, {}, bytes);
  await control.set({ service: "instagram", failure_subcode: 2207026 });
  const id = await postId(video.id, "Tried again");
  const rows = () => sql`select status from public.video_variants where video_id = ${video.id}`;
  await poll("the conversion begins", async () => (await rows()).length > 0);
  await control.set({ service: "instagram", failure_subcode: null });
  await waitForTarget(env, owner, id, "published");
  const shown = await postsOf("Tried again");
  assert.equal(shown.length, 1);
  assert.notEqual(shown[0]!.sha256, await sha256Of(bytes));
});

Deno.test("Formats: a platform that is pushed to gets the converted file as well", async () => {
  await sql`update private.settings set value = '{"youtube": {"containers": ["MP4"]}}'
    where key = 'publish.format_limits'`;
  const channel = `yt-${crypto.randomUUID()}`;
  const youtube = await connectPlatform(env, owner, "youtube", channel);
  const video = await uploadWebm();
  const targets = [{ platform: "youtube", connection_id: youtube.id }];
  const body = { video_id: video.id, caption: "Pushed", targets };
  const answer = await callFunction(env, owner, "POST", "publish/posts", { body });
  try {
    await waitForTarget(env, owner, String(answer.body.published_video_id), "published");
  } finally {
    await sql`update private.settings set value = '{}' where key = 'publish.format_limits'`;
  }
  const shown = (await readPosts(env)).filter(({ account }) => account === channel);
  const [variant] = await sql`select size_bytes from public.video_variants where video_id = ${video.id}`;
  assert.deepEqual(shown.map(({ bytes }) => bytes), [Number(variant!.size_bytes)]);
});

Deno.test("Formats: a file the transcoder cannot read waits for its user with a sentence", async () => {
  const avi = new Uint8Array(50_000);
  avi.set(new TextEncoder().encode("RIFF\0\0\0\0AVI nothing more"));
  const video = await uploadVideo(env, owner, { filename: "clip.avi", mime_type: "video/x-msvideo" }, avi);
  const target = await waitForTarget(env, owner, await postId(video.id, "Unreadable"), "needs_conversion");
  assert.equal(target.error?.code, "conversion_failed");
  assert.match(target.error.message, /Export it as MP4/);
  assert.equal((await postsOf("Unreadable")).length, 0);
});

Deno.test("Formats: what can never fit fails with its reason, and at once when it is known", async () => {
  const video = await uploadVideo(env, owner, {}, await makeClip({ options: H264, seconds: 1 }));
  const first = await post(video.id, "Too short");
  assert.equal(first.status, 201);
  const target = await waitForTarget(env, owner, String(first.body.published_video_id), "failed");
  assert.equal(target.error?.code, "format_refused");
  assert.match(
    target.error.message,
    /^Instagram takes videos of 3 seconds to 15 minutes; this one lasts 1 second/,
  );
  const again = await post(video.id, "Too short again");
  assert.deepEqual([again.status, again.body.code], [422, "video_format_refused"]);
  assert.equal(again.body.message, target.error.message);
  const asked = await check(video.id, "instagram");
  assert.equal((asked.body.targets as { verdict: string }[])[0]!.verdict, "refused");
});

Deno.test("Formats: an operator's limits win over the product's", async () => {
  const video = await uploadVideo(env, owner, {}, await makeClip({ options: H264, seconds: 4 }));
  await sql`update private.settings set value = '{"youtube": {"max_fps": 20, "advice": []}}'
    where key = 'publish.format_limits'`;
  try {
    const [target] = (await check(video.id, "youtube")).body.targets as { verdict: string }[];
    assert.equal(target!.verdict, "needs_conversion");
  } finally {
    await sql`update private.settings set value = '{}' where key = 'publish.format_limits'`;
  }
});

Deno.test("Formats: nobody looks at the video of somebody else", async () => {
  const video = await uploadVideo(env, owner, {}, await makeClip({ options: H264 }));
  await check(video.id, "youtube");
  const stranger = await createAccount(env);
  const body = { video_id: video.id, targets: [{ platform: "youtube" }] };
  const answer = await callFunction(env, stranger, "POST", "publish/posts/check", { body });
  assert.deepEqual([answer.status, answer.body.code], [404, "video_not_found"]);
  for (const table of ["video_formats", "video_variants"]) {
    assert.deepEqual((await stranger.client.from(table).select("*")).data, []);
  }
  assert.equal(
    (await owner.client.from("video_formats").select("*").eq("video_id", video.id)).data?.length,
    1,
  );
});

Deno.test("Formats: converted files go after seven days, not while a post under way needs them", async () => {
  const count = async () => (await sql`select count(*)::int as count from public.video_variants`)[0]!.count;
  const stored = async () =>
    (await sql`
      select count(*)::int as count from storage.objects as object
      join private.variant_works as work on work.object_path = object.name`)[0]!.count;
  assert.ok(await stored() >= 2);
  const [needed] = await sql`select id from public.video_variants where status = 'ready' order by id limit 1`;
  await sql`update public.video_variants set created_at = now() - interval '8 days'`;
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const video = await uploadWebm();
  const body = {
    video_id: video.id,
    caption: "Later",
    scheduled_for: later,
    targets: [{ platform: "instagram", connection_id }],
  };
  await callFunction(env, owner, "POST", "publish/posts", { body });
  await sql`update private.publish_jobs set checkpoint = ${sql.json({ variantId: needed!.id })}`;
  await sql`select private.call_function('publish/internal/remove-spent-copies')`;
  await poll("the others are removed", async () => await count() === 1);
  assert.equal(await stored(), 1);

  const [kept] = await sql`select object_path from private.variant_works`;
  await sql`delete from public.video_variants`;
  await sql`update private.dropped_variants set dropped_at = now() - interval '1 hour'`;
  await sql`select private.call_function('publish/internal/remove-spent-copies')`;
  await poll(
    "the dropped one is removed",
    async () => (await sql`select from private.dropped_variants`).length === 0,
  );
  assert.deepEqual([...await sql`select from storage.objects where name = ${kept!.object_path}`], []);
});
