import { PUBLISH_NOTICES, type PublishNoticeCode } from "../../../_shared/contracts/publish-notices.ts";
import { FollowUpRefused } from "../../../_shared/core/follow-up-refused.ts";
import { ProviderApiError, ProviderAuthError } from "../../../_shared/core/provider-errors.ts";
import { BudgetSpent } from "../../../_shared/core/publish-errors.ts";
import type { FollowUpJob } from "../../../_shared/db/publish-follow-ups.ts";
import type { Failure } from "../../../_shared/db/publish-jobs.ts";
import type { PublishTarget } from "../../../_shared/db/publish-targets.ts";
import type { FollowUp, FollowUpTask } from "../../platforms/follow-up.ts";
import { describeFailure } from "../../rules/describe-failure.ts";
import { isAccountAuth } from "../../rules/is-account-auth.ts";
import type { PublishDeps } from "../deps.ts";
import { type OpenedFollowUp, openFollowUp } from "./open-follow-up.ts";

const NOT_SEEN: Failure = {
  code: "outcome_unknown",
  message: "The platform does not show it yet. We look again.",
};
/** A call has ended by then, whatever became of its answer. */
const CALL_LEASE_SECONDS = 90;

/**
 * One try of what is left to do on a published post. Whatever happens is written under its lease or not at all; never
 * throws for what is its own trouble.
 */
export async function workOnFollowUp(
  deps: PublishDeps,
  job: FollowUpJob,
  reading: Promise<ReadonlyMap<string, PublishTarget>>,
): Promise<void> {
  // Whose call may have had its effect: an earlier worker's, our own.
  let open: "earlier" | "own" | null = job.calledAt && "earlier";
  let work: FollowUp | null = null;
  try {
    const opened = await openFollowUp(deps, job, reading);
    // The post was deleted meanwhile, and this with it.
    if (!opened) return;
    work = opened.work;
    const { once, run } = work;
    if (once && open) {
      if (await withToken(opened, once.isDone)) return void (await deps.followUps.end(job));
      if (job.settleUntil && deps.clock() < job.settleUntil) {
        return void (await deps.followUps.retry(job, true, NOT_SEEN, noticeOf(once.unknown)));
      }
      open = null;
    }
    if (once) {
      if (!(await deps.followUps.beginCall(job, CALL_LEASE_SECONDS))) return;
      open = "own";
    }
    await withToken(opened, run);
    await deps.followUps.end(job);
  } catch (error) {
    const isOpen = open === "earlier" || (open === "own" && !isAnswer(error));
    await report(deps, job, work, isOpen, error);
  }
}

/** Once more with a new token after the platform refused the old one. */
async function withToken<Result>(
  opened: OpenedFollowUp,
  run: (task: FollowUpTask) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(opened.task);
  } catch (error) {
    if (!isAccountAuth(error, opened.adapter)) throw error;
    return await run(await opened.renewToken());
  }
}

/** An answer that refuses is an answer; without one, or with 5xx, the effect may be there. */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof FollowUpRefused ||
    error instanceof ProviderAuthError ||
    (error instanceof ProviderApiError && error.status === 429)
  );
}

async function report(
  deps: PublishDeps,
  job: FollowUpJob,
  work: FollowUp | null,
  isOpen: boolean,
  error: unknown,
): Promise<void> {
  const told = isOpen ? work?.once?.unknown : work?.givenUp;
  if (error instanceof FollowUpRefused) {
    const { code, message, reference } = error;
    const notice = isOpen && told
      ? noticeOf(told, reference)
      : { code, message, providerReference: reference };
    return void (await deps.followUps.end(job, notice));
  }
  const wait = error instanceof BudgetSpent
    ? (error.until.getTime() - deps.clock().getTime()) / 1000
    : error instanceof ProviderApiError
    ? error.retryAfterSeconds
    : undefined;
  await deps.followUps.retry(job, isOpen, describeFailure(error), noticeOf(told ?? "follow_up_lost"), wait);
  const isExpected = error instanceof ProviderApiError || error instanceof ProviderAuthError ||
    error instanceof BudgetSpent;
  if (!isExpected) deps.logError({ target_id: job.targetId, follow_up: job.kind }, error);
}

const noticeOf = (code: PublishNoticeCode, providerReference?: string): Failure => ({
  code,
  message: PUBLISH_NOTICES[code],
  ...(providerReference !== undefined && { providerReference }),
});
