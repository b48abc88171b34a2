import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { H264, makeClip } from "../publish/support/make-clip.ts";
import { callFunction } from "../support/call-function.ts";
import { followChanges, openLibrary } from "../support/library-world.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform } from "../support/publish.ts";
import { readPosts, sha256Of, waitForTarget } from "../support/published.ts";
import { createControl } from "../support/sandbox.ts";
import { processAtOnce } from "../support/sandbox-drive.ts";

const { env, stop } = await startStack({
  basePort: PORTS.publishUnconverted,
  env: { STACK_TRANSCODER: "off" },
});
const sql = postgres(env.DB_URL!, { max: 2 });
await processAtOnce(env);
const control = createControl(env.SANDBOX_URL!);
await control.set({ service: "instagram", processing_ms: 300 });
const { account, drive, link } = await openLibrary(env);
const name = `ig-${crypto.randomUUID()}`;
const { id: connection_id } = await connectPlatform(env, account, "instagram", name);

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

const post = async (video_id: string, caption: string) => {
  const targets = [{ platform: "instagram", connection_id }];
  const body = { video_id, caption, targets };
  const answer = await callFunction(env, account, "POST", "publish/posts", { body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return String(answer.body.published_video_id);
};

Deno.test("Formats: without a transcoder a post waits, says why, and goes on once its file is replaced", async () => {
  assert.equal(env.TRANSCODER_URL, undefined);
  const fast = await makeClip({ options: H264, seconds: 4, fps: 90 });
  const video = await link((await drive.put("clip.mp4", fast)).id);
  await followChanges(sql, account.id);
  const id = await post(video, "Waits for another file");
  const target = await waitForTarget(env, account, id, "needs_conversion");
  assert.equal(target.error?.code, "conversion_needed");
  assert.equal(
    target.error.message,
    "Instagram takes 23 to 60 frames a second; this file has 90. Have it converted to 30 frames a " +
      "second. Replace the file in your OneDrive by one that fits; the post then goes on by itself.",
  );
  const { data } = await account.client.from("notifications").select("title, body").eq(
    "kind",
    "publish.needs_conversion",
  );
  assert.deepEqual(data, [{ title: "Instagram does not take this file", body: target.error.message }]);

  const slow = await makeClip({ options: H264, seconds: 4, fps: 30 });
  await drive.put("clip.mp4", slow);
  await followChanges(sql, account.id);
  await sql`select private.resume_after_replacement()`;
  await waitForTarget(env, account, id, "published");
  const posts = (await readPosts(env)).filter((shown) => shown.account === name);
  assert.deepEqual(posts.map(({ sha256 }) => sha256), [await sha256Of(slow)]);
});

Deno.test("Formats: what only the platform objects to waits as well", async () => {
  const clip = await makeClip({ options: H264, seconds: 4, size: "240x320" });
  const video = await link((await drive.put("other.mp4", clip)).id);
  await control.set({ service: "instagram", failure_subcode: 2207026 });
  const target = await waitForTarget(env, account, await post(video, "Refused there"), "needs_conversion");
  assert.equal(target.error?.code, "format_not_accepted");
});
