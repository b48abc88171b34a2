import { createAccount, type TestAccount } from "../../functions/support/account.ts";
import { callFunction } from "../../functions/support/call-function.ts";
import { connect } from "../../functions/support/onedrive.ts";
import { connectPlatform } from "../../functions/support/publish.ts";
import { sha256Of } from "../../functions/support/published.ts";
import { createVideoBytes } from "../../functions/support/video-bytes.ts";
import { uploadVideo } from "../../functions/support/upload-video.ts";

type StackEnv = Readonly<Record<string, string>>;

/** A person with a video of their own and an account on both platforms. */
export interface Publisher {
  account: TestAccount;
  /** Of their accounts at the sandbox's platforms. */
  name: string;
  videoId: string;
  sha256: string;
}

/** Signs a person up and stores their video, `sizeBytes` long and like nobody else's. */
export async function createPublisher(env: StackEnv, sizeBytes: number): Promise<Publisher> {
  const account = await createAccount(env);
  await connect(env, account);
  const bytes = await createVideoBytes(sizeBytes, account.id);
  const { id: videoId } = await uploadVideo(env, account, {}, bytes);
  return { account, name: `crowd-${account.id}`, videoId, sha256: await sha256Of(bytes) };
}

/** Connects both platforms, Instagram by `route`. */
export async function connectPublisher(env: StackEnv, publisher: Publisher, route: string): Promise<void> {
  await connectPlatform(env, publisher.account, "youtube", publisher.name);
  await connectPlatform(env, publisher.account, "instagram", publisher.name, { route });
}

/** Posts the person's video to both platforms at once and returns the post's id. */
export async function publishToBoth(env: StackEnv, publisher: Publisher, caption: string): Promise<string> {
  const { status, body } = await callFunction(env, publisher.account, "POST", "publish/posts", {
    body: {
      video_id: publisher.videoId,
      caption,
      targets: [{ platform: "youtube" }, { platform: "instagram" }],
    },
  });
  if (status !== 201) throw new Error(`Post refused: ${status} ${JSON.stringify(body)}`);
  return String(body.published_video_id);
}

/** Runs `work` for every item, `width` at a time, and returns the results in the items' order. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  const lanes = Array.from({ length: width }, async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!, index);
    }
  });
  await Promise.all(lanes);
  return results;
}
