import { tiktokOptionsSchema } from "../../../_shared/contracts/publish.ts";
import type { Creator, TiktokCreatorClient } from "../../../_shared/providers/tiktok/creator-client.ts";
import { asPostFailure } from "../as-post-failure.ts";
import type { PublishTask, StepResult } from "../platform-adapter.ts";
import { spendOrWait } from "./spend-or-wait.ts";
import { refuse, toPostFailure } from "./tiktok-failure.ts";

/**
 * Asks what the account may post now and takes a place of its day (rule: Content Posting API: before every post). Throws
 * PostRefused for an audience or a length that the account does not have.
 */
export async function checkCreator(task: PublishTask, creators: TiktokCreatorClient): Promise<StepResult> {
  const waitSeconds = await spendOrWait(task, "tiktok.creator_calls");
  if (waitSeconds !== null) {
    return { kind: "next", step: "prepare", checkpoint: task.checkpoint, waitSeconds };
  }
  const creator = await asPostFailure(task, toPostFailure, () => creators.read(task.account.token));
  refuseUnsuitable(task, creator);
  // One post is one of the day, however often it is announced.
  if (task.checkpoint.isCounted !== true) await task.spend("tiktok.posts");
  return {
    kind: "next",
    step: "upload",
    checkpoint: {
      ...task.checkpoint,
      isCounted: true,
      username: creator.username,
      isCommentDisabled: creator.isCommentDisabled,
      isDuetDisabled: creator.isDuetDisabled,
      isStitchDisabled: creator.isStitchDisabled,
    },
  };
}

function refuseUnsuitable({ options, durationSeconds }: PublishTask, creator: Creator): void {
  const { privacy_level: level } = tiktokOptionsSchema.parse(options);
  if (!creator.privacyLevels.includes(level)) throw refuse("audience_not_offered", level);
  const { maxDurationSeconds: most } = creator;
  if (durationSeconds !== null && most !== null && durationSeconds > most) {
    throw refuse("rejected_for_length", `${Math.ceil(durationSeconds)} s of ${most} s`);
  }
}
