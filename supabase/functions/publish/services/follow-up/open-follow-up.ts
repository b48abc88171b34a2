import { PUBLISH_NOTICES } from "../../../_shared/contracts/publish-notices.ts";
import { FollowUpRefused } from "../../../_shared/core/follow-up-refused.ts";
import { ProviderAuthError } from "../../../_shared/core/provider-errors.ts";
import { BudgetSpent } from "../../../_shared/core/publish-errors.ts";
import type { FollowUpJob } from "../../../_shared/db/publish-follow-ups.ts";
import type { PublishTarget } from "../../../_shared/db/publish-targets.ts";
import type { FollowUp, FollowUpTask } from "../../platforms/follow-up.ts";
import type { PlatformAdapter } from "../../platforms/platform-adapter.ts";
import { chooseAdapter } from "../../rules/choose-adapter.ts";
import { openCover } from "../covers/open-cover.ts";
import type { PublishDeps } from "../deps.ts";

export interface OpenedFollowUp {
  adapter: PlatformAdapter;
  work: FollowUp;
  task: FollowUpTask;
  /** Puts a new token into the task after the platform refused the old one. */
  renewToken(): Promise<FollowUpTask>;
}

/** Gives what is left to do its account's token and its post. Null when the post is gone. */
export async function openFollowUp(
  deps: PublishDeps,
  job: FollowUpJob,
  reading: Promise<ReadonlyMap<string, PublishTarget>>,
): Promise<OpenedFollowUp | null> {
  const target = (await reading).get(job.targetId);
  if (!target) return null;
  if (!target.account) throw new ProviderAuthError(target.platform, "not_connected");
  const adapter = chooseAdapter(deps.adapters, target.platform, target.account.route);
  const work = adapter?.followUps?.find(({ kind }) => kind === job.kind);
  if (!adapter || !work) throw new Error(`${target.platform} knows no follow-up ${job.kind}.`);
  let account = await deps.access.openStored(target.account);
  const build = (): FollowUpTask => ({
    postId: job.postId,
    options: target.options,
    account: { id: account.accountId, route: account.route, token: account.token },
    now: deps.clock,
    async spend(budget, amount) {
      const { accountId } = account;
      const { userId, targetId } = job;
      const freesAt = await deps.targets.takeBudget({ budget, accountId, userId, amount, targetId });
      if (freesAt) throw new BudgetSpent(budget, freesAt);
    },
    async readCover(path) {
      const cover = await openCover(deps, job.userId, path);
      if (cover.kind === "picture") return cover;
      throw new FollowUpRefused("cover_refused", PUBLISH_NOTICES.cover_refused, cover.kind);
    },
  });
  return {
    adapter,
    work,
    task: build(),
    async renewToken() {
      account = await deps.access.reopen(account);
      return build();
    },
  };
}
