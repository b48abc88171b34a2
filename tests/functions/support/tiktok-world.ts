import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount, type TestAccount } from "./account.ts";
import { callFunction } from "./call-function.ts";
import { connect } from "./onedrive.ts";
import { connectPlatform } from "./publish.ts";
import { type PlatformPost, readPosts, waitForTarget } from "./published.ts";
import { createControl } from "./sandbox.ts";
import { uploadVideo } from "./upload-video.ts";
import { createVideoBytes } from "./video-bytes.ts";

/** What a post on TikTok has to say for itself. */
export const PUBLIC_OPTIONS = {
  privacy_level: "PUBLIC_TO_EVERYONE",
  brand_content: false,
  your_brand: false,
  ai_generated: false,
};

export type TiktokWorld = Awaited<ReturnType<typeof openTiktokWorld>>;

/** A stack of its own whose TikTok takes its time in tenths of a second and counts nothing by the minute. */
export async function openTiktokWorld(basePort: number) {
  const stack = await startStack({ basePort });
  const { env } = stack;
  const sql = postgres(env.DB_URL!, { max: 2 });
  const control = createControl(env.SANDBOX_URL!);
  const setTiktok = (settings: Record<string, string | number | boolean | null>) =>
    control.set({ service: "tiktok", ...settings });
  await control.set({ processing_ms: 100 });
  await setTiktok({
    processing_ms: 100,
    moderation_ms: 100,
    publishes_per_day: 1000,
    inits_per_minute: 1000,
    creator_calls_per_minute: 1000,
    status_calls_per_minute: 1000,
  });
  await sql`update private.provider_budgets set max_count = 1000 where budget like 'tiktok.%'`;
  // Posts are made ready at once, long before they are due: tests say themselves when that is.
  await sql`update private.settings set value = '{"default": 600}' where key = 'publish.lead_seconds'`;
  await sql`
    update private.settings set value = value || '{"tiktok/tiktok": [1]}' where key = 'publish.poll_seconds'`;
  return {
    ...stack,
    sql,
    control,
    setTiktok,
    fault: (fault: Record<string, string | number | null>) => control.fault({ service: "tiktok", ...fault }),
    createCreator: (name?: string) => createCreator(env, name),
    async close() {
      await sql.end();
      await stack.stop();
    },
  };
}

export type TiktokCreator = Awaited<ReturnType<typeof createCreator>>;

/** Somebody with a OneDrive and a TikTok account, by default a new one. */
async function createCreator(env: Readonly<Record<string, string>>, name = `tk-${crypto.randomUUID()}`) {
  const account: TestAccount = await createAccount(env);
  await connect(env, account);
  const connection = await connectPlatform(env, account, "tiktok", name);
  const call = (method: string, path: string, body?: unknown) =>
    callFunction(env, account, method, `publish/${path}`, { body });

  return {
    account,
    name,
    connection,
    call,

    /** Uploads a playable video of so many bytes to the person's OneDrive. */
    async addVideo(size: number) {
      const bytes = await createVideoBytes(size, `${account.id} ${size}`, "upright");
      return { id: (await uploadVideo(env, account, {}, bytes)).id, bytes };
    },

    /** Creates a post and returns its id. */
    async post(
      videoId: string,
      caption: string,
      options: Record<string, unknown> = {},
      more: Record<string, unknown> = {},
    ): Promise<string> {
      const targets = [{ platform: "tiktok", options: { ...PUBLIC_OPTIONS, ...options } }];
      const { status, body } = await call("POST", "posts", { video_id: videoId, caption, targets, ...more });
      assert.equal(status, 201, JSON.stringify(body));
      return String(body.published_video_id);
    },

    waitFor: (postId: string, status: string, timeoutMs?: number) =>
      waitForTarget(env, account, postId, status, timeoutMs),

    /** What the person's account shows with `text` in it. */
    async postsOf(text: string): Promise<PlatformPost[]> {
      return (await readPosts(env)).filter((post) => post.account === name && post.caption.includes(text));
    },
  };
}
