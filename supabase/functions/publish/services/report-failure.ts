import {
  ProviderApiError,
  ProviderAuthError,
  ProviderConfigError,
  ProviderUserError,
} from "../../_shared/core/provider-errors.ts";
import { BudgetSpent, PostRefused, SourceGone } from "../../_shared/core/publish-errors.ts";
import type { Failure, PublishJob } from "../../_shared/db/publish-jobs.ts";
import { describeFailure } from "../rules/describe-failure.ts";
import type { PublishDeps } from "./deps.ts";

/** An operator has to repair it; until then nothing is gained by asking often. */
const CONFIG_PAUSE_SECONDS = 600;
/** A limit that frees so soon is no news: the post waits as it does between two steps. */
const BRIEF_WAIT_MS = 2 * 60_000;

/**
 * Writes what went wrong: who has to act decides whether the job waits, fails or is tried again. After the
 * irreversible call none of it says whether the post is there: it is asked about again.
 */
export async function reportFailure(deps: PublishDeps, job: PublishJob, error: unknown): Promise<void> {
  const failure = describeFailure(error);
  if (error instanceof BudgetSpent && isBrief(deps, job, error)) {
    const waitSeconds = Math.max(1, (error.until.getTime() - deps.clock().getTime()) / 1000);
    await deps.jobs.advance(job, { step: job.step, checkpoint: job.checkpoint, waitSeconds });
  } else if (error instanceof BudgetSpent) {
    await deps.jobs.park(job, "quota_wait", failure, error.until);
  } else if (error instanceof ProviderAuthError) {
    await deps.jobs.park(job, "needs_reauth", failure);
  } else if (job.calledAt !== null) {
    await retry(deps, job, failure, error);
  } else if (isWorthConverting(deps, job, error)) {
    await deps.jobs.advance(job, { step: "prepare", checkpoint: { isFormatRefused: true } });
  } else if (error instanceof PostRefused) {
    await deps.jobs.park(job, error.status, failure);
  } else if (error instanceof SourceGone || error instanceof ProviderUserError) {
    await deps.jobs.park(job, "failed", failure);
  } else {
    await retry(deps, job, failure, error);
  }
}

async function retry(deps: PublishDeps, job: PublishJob, failure: Failure, error: unknown): Promise<void> {
  const isPassing = error instanceof ProviderApiError;
  const pause = error instanceof ProviderConfigError ? CONFIG_PAUSE_SECONDS : undefined;
  await deps.jobs.retry(job, failure, isPassing ? error.retryAfterSeconds : pause);
  if (!isPassing) deps.logError({ target_id: job.targetId, step: job.step }, error);
}

/** After the irreversible call every wait is told: nobody knows yet whether the post is there. */
function isBrief(deps: PublishDeps, job: PublishJob, { until }: BudgetSpent): boolean {
  return job.calledAt === null && until.getTime() - deps.clock().getTime() < BRIEF_WAIT_MS;
}

/** The platform refused a file that our table let pass, and it is the original still. */
function isWorthConverting(deps: PublishDeps, job: PublishJob, error: unknown): boolean {
  return (
    error instanceof PostRefused &&
    error.code === "format_not_accepted" &&
    deps.transcoder !== null &&
    job.calledAt === null &&
    job.checkpoint.variantId === undefined
  );
}
