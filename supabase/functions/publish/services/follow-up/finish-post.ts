import type { FinishedPost, PublishJob } from "../../../_shared/db/publish-jobs.ts";
import type { PublishDeps } from "../deps.ts";
import type { OpenTask } from "../open-task.ts";

/** The post is there: ends its job, and in the same transaction leaves what its options ask to be done afterwards. */
export async function finishPost(
  { jobs }: Pick<PublishDeps, "jobs">,
  job: PublishJob,
  { adapter, task }: { adapter: OpenTask["adapter"]; task: Pick<OpenTask["task"], "options"> },
  post: FinishedPost,
): Promise<void> {
  const wanted = (adapter.followUps ?? []).filter(({ isWanted }) => isWanted(task.options));
  if (wanted.length === 0) await jobs.finish(job, post);
  else await jobs.finishWithFollowUps(job, post, wanted.map(({ kind }) => kind));
}
