import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount, type TestAccount } from "./account.ts";
import { type Answer, callFunction } from "./call-function.ts";
import { connect } from "./onedrive.ts";
import { type PlatformPost, readPosts, type TargetView, waitForTarget } from "./published.ts";
import { createControl } from "./sandbox.ts";
import { uploadVideo } from "./upload-video.ts";
import { createVideoBytes } from "./video-bytes.ts";

type StackEnv = Readonly<Record<string, string>>;

const PATH = "publish/connections/tiktok/blotato";

/** Every choice that a TikTok post asks its person to make. */
export const TIKTOK_OPTIONS = {
  privacy_level: "FOLLOWER_OF_CREATOR",
  disable_comment: true,
  brand_content: false,
  your_brand: true,
  ai_generated: true,
};

/** One call of the route that connects with a key. */
export function callWithKey(env: StackEnv, account: TestAccount, body: unknown): Promise<Answer> {
  return callFunction(env, account, "POST", PATH, { body });
}

/** Connects the first TikTok account of a key, in two calls as the app does. Resolves to the connection. */
export async function connectBlotato(env: StackEnv, account: TestAccount, apiKey: string) {
  const offered = await callWithKey(env, account, { api_key: apiKey });
  assert.equal(offered.status, 200, JSON.stringify(offered.body));
  const [first] = offered.body.accounts as { id: string }[];
  const connected = await callWithKey(env, account, { account_id: first!.id });
  assert.equal(connected.status, 200, JSON.stringify(connected.body));
  return connected.body as { id: string; status: string; account_name: string; expires_at: string | null };
}

/** A stack of its own whose Blotato takes tenths of a second and is asked every one. */
export async function openBlotatoWorld(basePort: number) {
  const stack = await startStack({ basePort });
  const { env } = stack;
  const sql = postgres(env.DB_URL!, { max: 2 });
  const control = createControl(env.SANDBOX_URL!);
  await control.set({ processing_ms: 100 });
  await control.set({ service: "blotato", processing_ms: 300 });
  await sql`update private.settings set value = '{"default": 600}' where key = 'publish.lead_seconds'`;
  await sql`
    update private.settings set value = value || '{"tiktok/blotato": [1]}' where key = 'publish.poll_seconds'`;
  await sql`
    update private.settings set value = value || '{"tiktok/blotato": 4}' where key = 'publish.settle_seconds'`;
  await sql`update private.provider_budgets set max_count = 1000 where budget = 'tiktok.posts'`;
  return {
    ...stack,
    sql,
    control,
    createPoster: () => createPoster(env),
    async close() {
      await sql.end();
      await stack.stop();
    },
  };
}

/** Somebody with a video and a TikTok account through Blotato. */
export async function createPoster(env: StackEnv) {
  const account = await createAccount(env);
  await connect(env, account);
  const name = `blotato-${account.id}`;
  const connection = await connectBlotato(env, account, `blotato-${name}`);
  const bytes = await createVideoBytes(5_000_000, account.id, "upright");
  const video = await uploadVideo(env, account, {}, bytes);
  return {
    account,
    name,
    connection,
    bytes,
    videoId: video.id,
    call: (method: string, path: string, body?: unknown) =>
      callFunction(env, account, method, `publish/${path}`, { body }),

    async post(caption: string, more: Record<string, unknown> = {}): Promise<string> {
      const targets = [{ platform: "tiktok", options: TIKTOK_OPTIONS }];
      const { status, body } = await callFunction(env, account, "POST", "publish/posts", {
        body: { video_id: video.id, caption, targets, ...more },
      });
      assert.equal(status, 201, JSON.stringify(body));
      return String(body.published_video_id);
    },

    waitFor: (postId: string, status: string, timeoutMs?: number): Promise<TargetView> =>
      waitForTarget(env, account, postId, status, timeoutMs),

    /** What TikTok shows of this person with `text` in it. */
    async postsOf(text: string): Promise<PlatformPost[]> {
      return (await readPosts(env)).filter((post) => post.account === name && post.caption.includes(text));
    },
  };
}
