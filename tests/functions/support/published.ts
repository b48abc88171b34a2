import type { TestAccount } from "./account.ts";
import { callFunction } from "./call-function.ts";
import { poll } from "./poll.ts";

type StackEnv = Readonly<Record<string, string>>;

/** What a platform of the sandbox shows. */
export interface PlatformPost {
  platform: string;
  account: string;
  id: string;
  caption: string;
  sha256: string;
  bytes: number;
  created_at: string;
  url: string;
}

export interface TargetView {
  id: string;
  platform: string;
  status: string;
  platform_url: string | null;
  error: { code: string; message: string } | null;
  attempts: number;
}

/** Everything that is published at the sandbox's platforms. */
export async function readPosts(env: StackEnv): Promise<PlatformPost[]> {
  return await (await fetch(`${env.SANDBOX_URL}/__sandbox/posts`)).json();
}

/** Waits until the only target of a post has a status, and returns it. */
export async function waitForTarget(
  env: StackEnv,
  account: TestAccount,
  postId: string,
  status: string,
  timeoutMs = 40_000,
): Promise<TargetView> {
  let last: unknown;
  try {
    return await poll(`a target is ${status}`, async () => {
      const { body } = await callFunction(env, account, "GET", `publish/posts/${postId}`);
      last = body;
      const [target] = body.targets as TargetView[];
      return target?.status === status && target;
    }, timeoutMs);
  } catch (error) {
    throw new Error(`${(error as Error).message}: ${JSON.stringify(last)}`);
  }
}

/** Lower-case hex. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
