import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount, type TestAccount } from "./account.ts";
import { callFunction } from "./call-function.ts";
import { connect } from "./onedrive.ts";
import { poll } from "./poll.ts";
import { connectPlatform } from "./publish.ts";
import { type PlatformPost, readPosts, type TargetView } from "./published.ts";
import { createControl } from "./sandbox.ts";
import { uploadVideo } from "./upload-video.ts";
import { createVideoBytes } from "./video-bytes.ts";

export type Platform = "youtube" | "instagram" | "facebook" | "tiktok";

/** A post as it was created: its id and its targets' by platform. */
export interface CreatedPost {
  id: string;
  targetIds: Record<string, string>;
}

/** Seconds from now as an instant. */
export const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** A person with a OneDrive, a video and an account on both platforms. */
export type Creator = Awaited<ReturnType<typeof createCreator>>;

/** A stack of its own whose platforms take their time in tenths of a second. */
export async function openPublishWorld(basePort: number) {
  const stack = await startStack({ basePort });
  const { env } = stack;
  const sql = postgres(env.DB_URL!, { max: 2 });
  const control = createControl(env.SANDBOX_URL!);
  await control.set({ processing_ms: 100 });
  await control.set({ service: "google", processing_ms: 100 });
  await control.set({ service: "instagram", processing_ms: 300 });
  // Posts are made ready at once, long before they are due: tests say themselves when that is.
  await sql`update private.settings set value = '{"default": 600}' where key = 'publish.lead_seconds'`;
  return {
    ...stack,
    sql,
    control,
    createCreator: (videoBytes?: number) => createCreator(env, videoBytes),
    async close() {
      await sql.end();
      await stack.stop();
    },
  };
}

/** Signs somebody up; Instagram is connected through a Facebook Page unless `route` says otherwise. */
export async function createCreator(
  env: Readonly<Record<string, string>>,
  videoBytes = 5_000_000,
  route = "facebook_login",
) {
  const account: TestAccount = await createAccount(env);
  await connect(env, account);
  const name = `creator-${account.id}`;
  const connections = {
    youtube: (await connectPlatform(env, account, "youtube", name)).id,
    instagram: (await connectPlatform(env, account, "instagram", name, { route })).id,
  };
  const bytes = await createVideoBytes(videoBytes, account.id, "upright");
  const video = await uploadVideo(env, account, {}, bytes);
  const call = (method: string, path: string, body?: unknown) =>
    callFunction(env, account, method, `publish/${path}`, { body });

  return {
    account,
    name,
    connections,
    bytes,
    videoId: video.id,
    call,

    /** Creates a post for `platforms`, at once unless `more` has a time. */
    async post(caption: string, platforms: readonly Platform[], more: Record<string, unknown> = {}) {
      const targets = platforms.map((platform) => ({ platform }));
      const { status, body } = await call("POST", "posts", { video_id: video.id, caption, targets, ...more });
      assert.equal(status, 201, JSON.stringify(body));
      const created = body.targets as { id: string; platform: string }[];
      const targetIds = Object.fromEntries(created.map(({ platform, id }) => [platform, id]));
      return { id: String(body.published_video_id), targetIds } as CreatedPost;
    },

    /** Waits until the post's target on a platform has a status. */
    async waitFor(
      postId: string,
      platform: Platform,
      status: string,
      timeoutMs = 90_000,
    ): Promise<TargetView> {
      let last: unknown;
      try {
        return await poll(`a target is ${status}`, async () => {
          const { body } = await call("GET", `posts/${postId}`);
          last = body;
          const target = (body.targets as TargetView[]).find((each) => each.platform === platform);
          return target?.status === status && target;
        }, timeoutMs);
      } catch (error) {
        throw new Error(`${(error as Error).message}: ${JSON.stringify(last)}`);
      }
    },

    /** What this person's accounts show with `text` in it. */
    async postsOf(text: string, platform?: Platform): Promise<PlatformPost[]> {
      return (await readPosts(env)).filter((post) =>
        post.account === name && post.caption.includes(text) && (platform ?? post.platform) === post.platform
      );
    },
  };
}
