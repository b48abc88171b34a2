import type { InstagramPublishClient } from "../../../_shared/providers/instagram/publish-client.ts";
import { type MetaUploadClient, UploadRefused } from "../../../_shared/providers/facebook/upload-client.ts";
import { asPostFailure } from "../as-post-failure.ts";
import { pauseBefore } from "../pause-before.ts";
import type { PublishTask, StepResult } from "../platform-adapter.ts";
import { pushBytes } from "../push-bytes.ts";
import { toPostFailure } from "./instagram-failure.ts";

/** Where bytes are pushed, and whether that is wanted. */
export interface InstagramPushing {
  uploads: MetaUploadClient;
  /** `push` or `pull`, by private.settings. */
  readWay(): Promise<string>;
}

/** Only accounts behind a Page take bytes (rule: Instagram Platform, Resumable Upload). */
export async function mayPush({ account }: PublishTask, { readWay }: InstagramPushing): Promise<boolean> {
  return account.route === "facebook_login" && (await readWay()) === "push";
}

/** One bounded step of sending a video into the container that was made for its bytes. */
export async function pushReel(
  task: PublishTask,
  clientOf: (route: string) => InstagramPublishClient,
  { uploads }: InstagramPushing,
): Promise<StepResult> {
  const { token, route } = task.account;
  const containerId = String(task.checkpoint.containerId);
  const askBytes = () =>
    asPostFailure(task, toPostFailure, () => clientOf(route).getStoredBytes(token, containerId));
  const toPoll: StepResult = {
    kind: "next",
    step: "poll",
    checkpoint: task.checkpoint,
    waitSeconds: pauseBefore(task, 0),
  };
  const at = await askBytes();
  if (at === null) return toPoll;
  try {
    const pushed = await pushBytes(task, {
      provider: "instagram",
      at,
      put: (body, part) => uploads.put(token, containerId, body, part),
      askBytes: async () => (await askBytes()) ?? at,
    });
    if (pushed.kind === "complete") return toPoll;
    return { kind: "next", step: "upload", checkpoint: { ...task.checkpoint, isWhole: pushed.isWhole } };
  } catch (error) {
    // Its status says whether the container is at an end.
    if (error instanceof UploadRefused) return toPoll;
    throw error;
  }
}
