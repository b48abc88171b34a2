import type { PublishJob } from "../../_shared/db/publish-jobs.ts";
import type { CallResult, PlatformAdapter, PublishTask } from "../platforms/platform-adapter.ts";
import { describeFailure } from "../rules/describe-failure.ts";
import { isAccountAuth } from "../rules/is-account-auth.ts";
import type { PublishDeps } from "./deps.ts";
import { finishPost } from "./follow-up/finish-post.ts";
import type { OpenTask } from "./open-task.ts";
import { reportFailure } from "./report-failure.ts";

type Refusal = Extract<CallResult, { kind: "no_effect" }>;

/**
 * Makes the irreversible call, at most once: it is on record before it is made, and anything but a plain answer leaves
 * its outcome open until the platform proves it.
 */
export async function callIrreversibly(deps: PublishDeps, job: PublishJob, opened: OpenTask): Promise<void> {
  const refused = await callOnce(deps, job, opened.adapter, opened.task);
  if (!refused) return;
  const released = { ...job, step: refused.step, checkpoint: { ...refused.checkpoint } };
  if (!isAccountAuth(refused.cause, opened.adapter)) {
    return await reportFailure(deps, released, refused.cause);
  }

  // A token that the platform refused may only be old.
  let task: PublishTask;
  try {
    task = await opened.renewToken();
  } catch (error) {
    return await reportFailure(deps, released, error);
  }
  if (refused.step !== "publish") {
    await deps.jobs.advance(job, refused);
    return;
  }
  const again = await callOnce(deps, job, opened.adapter, { ...task, checkpoint: refused.checkpoint });
  if (!again) return;
  if (isAccountAuth(again.cause, opened.adapter)) await opened.endAccess(again.cause);
  await reportFailure(deps, { ...released, step: again.step }, again.cause);
}

/** The call once, on record. Resolves to a refusal that is undone; to null when there is nothing left to do. */
async function callOnce(
  deps: PublishDeps,
  job: PublishJob,
  adapter: PlatformAdapter,
  task: PublishTask,
): Promise<Refusal | null> {
  // Edited since it was prepared, or somebody else's now: whoever did that has said what comes next.
  if (!(await deps.jobs.beginCall({ ...job, checkpoint: { ...task.checkpoint, isCallOver: false } }))) {
    return null;
  }
  let result: CallResult;
  try {
    result = await adapter.publish({ ...task, calledAt: deps.clock() });
  } catch (error) {
    await deps.jobs.doubtCall(job, { ...task.checkpoint, isCallOver: true }, describeFailure(error));
    return null;
  }
  if (result.kind === "done") {
    await finishPost(deps, job, { adapter, task }, result);
  } else if (result.kind === "accepted") {
    await deps.jobs.advance(job, { step: "confirm", ...result });
  } else if (await deps.jobs.undoCall(job, result.step, result.checkpoint)) {
    return result;
  }
  return null;
}
