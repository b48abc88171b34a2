import { ProviderApiError } from "../../_shared/core/provider-errors.ts";
import { LeaseLost } from "../../_shared/core/publish-errors.ts";
import type { PublishJob } from "../../_shared/db/publish-jobs.ts";
import type { PublishTarget } from "../../_shared/db/publish-targets.ts";
import type { PlatformAdapter, PublishTask, StepResult } from "../platforms/platform-adapter.ts";
import { isAccountAuth } from "../rules/is-account-auth.ts";
import { callIrreversibly } from "./call-irreversibly.ts";
import type { PublishDeps } from "./deps.ts";
import { finishPost } from "./follow-up/finish-post.ts";
import { keepVariant } from "./format/open-file.ts";
import { keepLease } from "./keep-lease.ts";
import { type JobLimits, type OpenTask, openTask } from "./open-task.ts";
import { reconcileCall, STILL_OPEN } from "./reconcile-call.ts";
import { reportFailure } from "./report-failure.ts";
import { sealSecret } from "./seal-secret.ts";

/** What passes within moments is not worth a pause of minutes. */
const QUICK_PAUSES_MS = [300, 1_000];
const QUICK_RETRIES_WITHIN_MS = 20_000;

/**
 * One bounded step of one job. Whatever happens is written under the job's lease or not at all; never throws for what
 * is the job's own trouble. Resolves to the bytes it moved.
 */
export async function runJob(
  deps: PublishDeps,
  job: PublishJob,
  reading: Promise<ReadonlyMap<string, PublishTarget>>,
  limits: JobLimits,
): Promise<number> {
  const endLease = keepLease(deps, job, limits.leaseSeconds);
  let opened: OpenTask | null = null;
  try {
    opened = await openTask(deps, job, reading, limits);
    await workOn(deps, job, opened);
  } catch (error) {
    if (!(error instanceof LeaseLost)) await reportFailure(deps, job, error);
  } finally {
    endLease();
  }
  return opened?.movedBytes() ?? 0;
}

async function workOn(deps: PublishDeps, job: PublishJob, opened: OpenTask): Promise<void> {
  const { adapter, waitSeconds } = opened;
  if (waitSeconds !== null) {
    return void (await deps.jobs.advance(job, { step: "prepare", checkpoint: job.checkpoint, waitSeconds }));
  }
  if (job.step === "publish") return await callIrreversibly(deps, job, opened);
  if (job.step === "reconcile") {
    return await reconcileCall(
      deps,
      job,
      opened,
      await repeatQuickly(deps, opened, (task) => adapter.reconcile(task)),
    );
  }
  await settleStep(
    deps,
    job,
    await repeatQuickly(deps, opened, (task) => runStep(adapter, job.step, task)),
    opened,
  );
}

/** A repeatable step: once more with a new token after the platform refused the old one, and after passing trouble. */
async function repeatQuickly<Result>(
  deps: PublishDeps,
  opened: OpenTask,
  run: (task: PublishTask) => Promise<Result>,
): Promise<Result> {
  const endsAt = deps.clock().getTime() + QUICK_RETRIES_WITHIN_MS;
  let { task } = opened;
  let isRenewed = false;
  for (let attempt = 0;; attempt++) {
    try {
      return await run(task);
    } catch (error) {
      if (isAccountAuth(error, opened.adapter)) {
        if (isRenewed) {
          await opened.endAccess(error);
          throw error;
        }
        isRenewed = true;
        task = await opened.renewToken();
        continue;
      }
      const pause = QUICK_PAUSES_MS[attempt];
      const isWorthIt = error instanceof ProviderApiError &&
        error.isTransient &&
        error.retryAfterSeconds === undefined &&
        deps.clock().getTime() < endsAt;
      if (!isWorthIt || pause === undefined) throw error;
      await deps.sleep(pause);
    }
  }
}

async function runStep(adapter: PlatformAdapter, step: string, task: PublishTask): Promise<StepResult> {
  if (step === "prepare") return await adapter.prepare(task);
  const run = { upload: adapter.upload, poll: adapter.poll, confirm: adapter.confirm }[step];
  if (!run) throw new Error(`${adapter.platform} has no step ${step}.`);
  return await run.call(adapter, task);
}

async function settleStep(
  deps: PublishDeps,
  job: PublishJob,
  result: StepResult,
  opened: OpenTask,
): Promise<void> {
  if (result.kind === "published") {
    await finishPost(deps, job, opened, result);
  } else if (result.kind === "rejected") {
    await deps.jobs.reject(job, result.failure);
  } else if (result.kind === "open") {
    await deps.jobs.doubtCall(job, result.checkpoint, STILL_OPEN);
  } else if (result.kind === "undone") {
    const { step, checkpoint } = result;
    if (await deps.jobs.undoCall(job, step, checkpoint)) {
      const released = { ...job, step, checkpoint: { ...checkpoint }, calledAt: null };
      await reportFailure(deps, released, result.cause);
    }
  } else {
    const secret = result.secret === undefined ? undefined : await sealSecret(deps, job, result.secret);
    const checkpoint = result.step === "prepare"
      ? result.checkpoint
      : keepVariant(opened.task.checkpoint, result.checkpoint);
    await deps.jobs.advance(job, { ...result, checkpoint, secret });
  }
}
