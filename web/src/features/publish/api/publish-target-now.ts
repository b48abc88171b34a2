import { callFunction } from "../../../lib/call-function.ts";
import { usePostChange } from "./use-post-change.ts";

interface TargetOfPost {
  postId: string;
  targetId: string;
}

/** Moves a planned target to this moment, as the server's clock shows it. */
export const usePublishTargetNow = () =>
  usePostChange(({ postId, targetId }: TargetOfPost) =>
    callFunction(`publish/posts/${postId}`, null, {
      method: "PATCH",
      body: { targets: [{ id: targetId, scheduled_for: null }] },
    })
  );
