import type { Checkpoint, PublishTask } from "../platform-adapter.ts";

type Kept = Pick<PublishTask, "checkpoint">;

/** A checkpoint without what belongs to the last submission; `failures` of this post came before. */
export function startAnew({ checkpoint }: Kept, failures: number): Checkpoint {
  const { intent: _, submissionId: _id, listedFailure: _why, polls: _polls, settledLooks: _looks, ...kept } =
    checkpoint;
  return { ...kept, failures };
}

/** Submissions of this post that Blotato took and that failed there. */
export function failuresOf({ checkpoint }: Kept): number {
  return Number(checkpoint.failures ?? 0);
}

/** TikTok's own id where the post's address tells it; else Blotato's, of its list or of the submission. */
export function postIdOf({ checkpoint }: Kept, url: string | null, listedId: string | null = null): string {
  return /\/video\/(\d+)/.exec(url ?? "")?.[1] ?? listedId ?? String(checkpoint.submissionId);
}
