import type { BlotatoOutcome, BlotatoPostsClient } from "../../../_shared/providers/blotato/posts-client.ts";
import type { Proof, PublishTask } from "../platform-adapter.ts";
import { askOutcome } from "./ask-outcome.ts";
import { findListedPost } from "./find-listed-post.ts";
import { spendByKey } from "./spend-by-key.ts";
import { failuresOf, postIdOf, startAnew } from "./submission.ts";

/** How often the list has to be silent once the settle time is over: a clock may have jumped. */
const SETTLED_LOOKS = 3;
/** Blotato's times are not exact; a number of our own names the post. */
const LIST_SLACK_MS = 24 * 3600 * 1000;

/** Looks whether a submission whose answer is missing, or never comes, is there: by its id, then by its media address. */
export async function provePost(task: PublishTask, client: BlotatoPostsClient): Promise<Proof> {
  const { checkpoint } = task;
  const isAccepted = typeof checkpoint.submissionId === "string";
  const proof = isAccepted ? toProof(task, await askOutcome(task, client), null) : null;
  if (proof) return proof;
  await spendByKey(task, "blotato.lists");
  const since = new Date((task.calledAt ?? task.now()).getTime() - LIST_SLACK_MS);
  const { posts, isWhole } = await client.listEnded(task.account.token, since);
  const search = findListedPost(posts, String(checkpoint.intent), task.text);
  if (search.kind === "found") {
    const { outcome, id } = search.post;
    return toProof(task, outcome, id) ?? { kind: "open", checkpoint };
  }
  // What Blotato once took and does not show is not submitted again on its silence.
  if (isAccepted || search.kind === "ambiguous" || !isWhole) return { kind: "open", checkpoint };
  const looks = Number(checkpoint.settledLooks ?? 0) + 1;
  if (task.isSettled && looks < SETTLED_LOOKS) {
    await task.keep({ ...checkpoint, settledLooks: looks });
    return { kind: "open", checkpoint };
  }
  return {
    kind: "not_done",
    isAbsence: true,
    step: "upload",
    checkpoint: startAnew(task, failuresOf(task)),
  };
}

/** Null while Blotato works on it. A failure is settled by the step that knows failures. */
function toProof(task: PublishTask, outcome: BlotatoOutcome, listedId: string | null): Proof | null {
  if (outcome.kind === "in_progress") return null;
  if (outcome.kind === "published") {
    return { kind: "done", postId: postIdOf(task, outcome.url, listedId), url: outcome.url };
  }
  const checkpoint = { ...task.checkpoint, listedFailure: outcome.reason };
  return { kind: "accepted", checkpoint, waitSeconds: 0 };
}
