import { PUBLISH_FAILURES } from "../../../_shared/contracts/publish-failures.ts";
import { BudgetSpent } from "../../../_shared/core/publish-errors.ts";
import type { BlotatoOutcome, BlotatoPostsClient } from "../../../_shared/providers/blotato/posts-client.ts";
import { pauseBefore } from "../pause-before.ts";
import type { PublishTask, StepResult } from "../platform-adapter.ts";
import { askOutcome } from "./ask-outcome.ts";
import { toPostFailure } from "./blotato-failure.ts";
import { failuresOf, postIdOf, startAnew } from "./submission.ts";

/** How often a post that failed at Blotato is submitted again by itself. */
const MAX_FAILURES = 3;

/** Asks what became of an accepted submission, until its deadline. */
export async function confirmPost(task: PublishTask, client: BlotatoPostsClient): Promise<StepResult> {
  const polls = Number(task.checkpoint.polls ?? 0) + 1;
  const checkpoint = { ...task.checkpoint, polls };
  let outcome: BlotatoOutcome;
  try {
    outcome = await askOutcome(task, client);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    const waitSeconds = Math.max(1, (error.until.getTime() - task.now().getTime()) / 1000);
    return { kind: "next", step: "confirm", checkpoint: task.checkpoint, waitSeconds };
  }
  if (outcome.kind === "published") {
    return { kind: "published", postId: postIdOf(task, outcome.url), url: outcome.url };
  }
  if (outcome.kind === "failed") return settleFailure(task, outcome.reason);
  // An id that Blotato does not know is in progress for ever.
  if (polls >= task.maxPolls) return { kind: "open", checkpoint };
  return { kind: "next", step: "confirm", checkpoint, waitSeconds: pauseBefore(task, polls) };
}

/** Blotato's word that the post is not there: for good, or submitted again once what stopped it may be over. */
function settleFailure(task: PublishTask, reason: string): StepResult {
  const failed = toPostFailure(reason, task.now());
  const failures = failuresOf(task) + 1;
  if (failed.kind === "again" && failures <= MAX_FAILURES) {
    return { kind: "undone", step: "upload", checkpoint: startAnew(task, failures), cause: failed.cause };
  }
  const failure = failed.kind === "final"
    ? failed.failure
    : { code: "blotato_failed", message: PUBLISH_FAILURES.blotato_failed, providerReference: reason };
  return { kind: "rejected", failure };
}
