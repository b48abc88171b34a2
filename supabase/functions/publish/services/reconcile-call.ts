import { PUBLISH_FAILURES } from "../../_shared/contracts/publish-failures.ts";
import type { PublishJob } from "../../_shared/db/publish-jobs.ts";
import type { Proof } from "../platforms/platform-adapter.ts";
import type { PublishDeps } from "./deps.ts";
import { finishPost } from "./follow-up/finish-post.ts";
import type { OpenTask } from "./open-task.ts";

/** What its user reads while nobody knows. */
export const STILL_OPEN = { code: "outcome_unknown", message: PUBLISH_FAILURES.outcome_unknown };

/** Acts on what the platform proved about an open call. Not finding the post proves nothing before its time. */
export async function reconcileCall(
  deps: PublishDeps,
  job: PublishJob,
  opened: OpenTask,
  proof: Proof,
): Promise<void> {
  if (proof.kind === "done") {
    await finishPost(deps, job, opened, proof);
  } else if (proof.kind === "accepted") {
    await deps.jobs.advance(job, { step: "confirm", ...proof });
  } else if (proof.kind === "not_done" && !(proof.isAbsence && isSettling(job, deps.clock()))) {
    if (await deps.jobs.undoCall(job, proof.step, proof.checkpoint, proof.isAbsence)) {
      await deps.jobs.advance(job, { step: proof.step, checkpoint: proof.checkpoint });
    }
  } else {
    await deps.jobs.retry(job, STILL_OPEN);
  }
}

function isSettling(job: PublishJob, now: Date): boolean {
  return job.settleUntil !== null && now < job.settleUntil;
}
