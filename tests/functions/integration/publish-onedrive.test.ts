import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform } from "../support/publish.ts";
import { readPosts, waitForTarget } from "../support/published.ts";
import { createControl } from "../support/sandbox.ts";
import { uploadVideo } from "../support/upload-video.ts";

const { env, stop } = await startStack({ basePort: PORTS.publishOnedrive });
const sql = postgres(env.DB_URL!, { max: 2 });
await createControl(env.SANDBOX_URL!).set({ processing_ms: 100 });

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

Deno.test("Publishing: a post whose OneDrive is disconnected goes on after it is connected again", async () => {
  const owner = await createAccount(env);
  const drive = await connect(env, owner);
  const channel = `yt-${crypto.randomUUID()}`;
  await connectPlatform(env, owner, "youtube", channel);
  const video = await uploadVideo(env, owner);
  const { body } = await callFunction(env, owner, "POST", "publish/posts", {
    body: {
      video_id: video.id,
      caption: "Waits",
      scheduled_for: new Date(Date.now() + 3600_000).toISOString(),
      targets: [{ platform: "youtube" }],
    },
  });
  const id = String(body.published_video_id);
  await callFunction(env, owner, "POST", "onedrive/disconnect");
  await callFunction(env, owner, "PATCH", `publish/posts/${id}`, {
    body: { scheduled_for: new Date(Date.now() + 1_000).toISOString() },
  });
  const waiting = await waitForTarget(env, owner, id, "needs_reauth");
  assert.equal(waiting.error?.code, "onedrive_reauth_required");
  await connect(env, owner, drive);
  // The clock's own round comes within a minute.
  await sql`select private.resume_after_onedrive()`;
  await waitForTarget(env, owner, id, "published");
  assert.equal((await readPosts(env)).filter(({ account }) => account === channel).length, 1);
});
