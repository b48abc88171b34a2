import { callFunction } from "../../../lib/call-function.ts";
import { usePostChange } from "./use-post-change.ts";

interface TargetOfPost {
  postId: string;
  targetId: string;
}

/** Tries a target again at once that failed or waits. */
export const useRetryTarget = () =>
  usePostChange(({ postId, targetId }: TargetOfPost) =>
    callFunction(`publish/posts/${postId}/retry`, null, { method: "POST", body: { target_id: targetId } })
  );
