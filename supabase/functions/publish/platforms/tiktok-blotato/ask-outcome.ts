import type { BlotatoOutcome, BlotatoPostsClient } from "../../../_shared/providers/blotato/posts-client.ts";
import type { PublishTask } from "../platform-adapter.ts";
import { spendByKey } from "./spend-by-key.ts";

/** What Blotato says of a submission, or has said of it in its list. */
export async function askOutcome(task: PublishTask, client: BlotatoPostsClient): Promise<BlotatoOutcome> {
  const { submissionId, listedFailure } = task.checkpoint;
  if (typeof listedFailure === "string") return { kind: "failed", reason: listedFailure };
  await spendByKey(task, "blotato.polls");
  return await client.getOutcome(task.account.token, String(submissionId));
}
