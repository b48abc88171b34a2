import { callFunction } from "../../../lib/call-function.ts";
import { usePostChange } from "./use-post-change.ts";

interface TargetOfPost {
  postId: string;
  /** Absent: everything of the post that has not gone out. */
  targetId?: string;
}

/** Keeps a post from going out to one account, or to all that it has not reached yet. */
export const useCancelTarget = () =>
  usePostChange(({ postId, targetId }: TargetOfPost) =>
    callFunction(`publish/posts/${postId}/cancel`, null, { method: "POST", body: { target_id: targetId } })
  );
