import { BudgetSpent, LeaseLost, PostRefused } from "../../_shared/core/publish-errors.ts";
import { ProviderAuthError } from "../../_shared/core/provider-errors.ts";
import { PUBLISH_FAILURES } from "../../_shared/contracts/publish-failures.ts";
import type { PublishJob } from "../../_shared/db/publish-jobs.ts";
import type { PublishTarget } from "../../_shared/db/publish-targets.ts";
import { chooseAdapter } from "../rules/choose-adapter.ts";
import type { PlatformAdapter, PublishTask, VideoSource } from "../platforms/platform-adapter.ts";
import { composeText } from "../rules/compose-text.ts";
import { signCover } from "./covers/sign-cover.ts";
import type { PublishDeps } from "./deps.ts";
import { openFile } from "./format/open-file.ts";
import { unsealSecret } from "./seal-secret.ts";
import { signVariant, stageCopy } from "./stage-copy.ts";

export interface JobLimits {
  /** Bytes the job may move; 0 once the time of this invocation is over. */
  readonly byteBudget: number;
  leaseSeconds: number;
}

export interface OpenTask {
  adapter: PlatformAdapter;
  task: PublishTask;
  /** Puts a new token into the task after the platform refused the old one. */
  renewToken(): Promise<PublishTask>;
  /** The platform refused the renewed one as well: the account waits for its user, and all its posts with it. */
  endAccess(error: ProviderAuthError): Promise<void>;
  /** Bytes read so far. */
  movedBytes(): number;
  /** Set while the file is being converted: nothing else is to do in this step. */
  waitSeconds: number | null;
}

/** Takes what a job is about from what was read of all claimed jobs, and gives it its account's token, its video and its limits. */
export async function openTask(
  deps: PublishDeps,
  job: PublishJob,
  reading: Promise<ReadonlyMap<string, PublishTarget>>,
  limits: JobLimits,
): Promise<OpenTask> {
  const target = (await reading).get(job.targetId);
  // Deleted meanwhile, and its job with it.
  if (!target) throw new LeaseLost();
  if (target.connectionId === null || target.account === null) {
    throw new ProviderAuthError(target.platform, "not_connected");
  }
  const adapter = chooseAdapter(deps.adapters, target.platform, target.account.route);
  if (!adapter) {
    throw new PostRefused("failed", "platform_refused", PUBLISH_FAILURES.platform_refused);
  }

  let bytes = 0;
  const countBytes = (count: number) => void (bytes += count);
  const open = () => openFile(deps, job, target, limits, countBytes);
  // The way to the bytes is asked for while the account is opened; a check waits until the account is there.
  const opening = job.step === "prepare" ? null : open();
  let account = await deps.access.openStored(target.account);
  const file = await (opening ?? open());
  const { variant } = file;
  const source = counted(file.source, countBytes);
  const secret = job.secret ? await unsealSecret(deps, job, job.secret) : null;
  const base = {
    targetId: job.targetId,
    text: composeText(target.caption, target.hashtags),
    options: target.options,
    source,
    durationSeconds: file.durationSeconds,
    secret,
    checkpoint: file.checkpoint,
    calledAt: job.calledAt,
    isSettled: job.settleUntil === null || job.settleUntil <= deps.clock(),
    now: deps.clock,
    pollSeconds: target.pollSeconds,
    maxPolls: target.maxPolls,
    stage: () =>
      variant ? signVariant(deps, variant) : stageCopy(deps, { job, postId: target.postId, source, limits }),
    signCover: (path: string) => signCover(deps, job.userId, path),
    async keep(checkpoint: PublishTask["checkpoint"]) {
      if (!(await deps.jobs.extend(job, limits.leaseSeconds, checkpoint))) {
        throw new LeaseLost();
      }
    },
    async spend(budget: string, knownMax?: number, scopeKey = account.accountId) {
      const take = {
        budget,
        accountId: scopeKey,
        userId: job.userId,
        amount: 1,
        targetId: job.targetId,
        knownMax,
      };
      const freesAt = await deps.targets.takeBudget(take);
      if (freesAt) throw new BudgetSpent(budget, freesAt);
    },
  };
  const build = (): PublishTask => ({
    ...base,
    // Read again and again while the step goes on: it shrinks to nothing when the time is over.
    get byteBudget() {
      return limits.byteBudget;
    },
    account: { id: account.accountId, route: account.route, token: account.token },
  });
  return {
    adapter,
    task: build(),
    movedBytes: () => bytes,
    waitSeconds: file.waitSeconds,
    async renewToken() {
      account = await deps.access.reopen(account);
      return build();
    },
    endAccess: (error) => deps.access.end(account, error),
  };
}

function counted(source: VideoSource, countBytes: (bytes: number) => void): VideoSource {
  return {
    ...source,
    async read(start, end) {
      countBytes(end - start);
      return await source.read(start, end);
    },
    async open(start, end) {
      countBytes(end - start);
      return await source.open(start, end);
    },
  };
}
