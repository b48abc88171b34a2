import { callFunction } from "../../../lib/call-function.ts";
import { usePostChange } from "./use-post-change.ts";

interface Decision {
  postId: string;
  targetId: string;
  /** What the user saw on the platform; otherwise the post is made again. */
  isThere: boolean;
  /** Where it is, when the user knows. */
  url?: string;
}

/** Ends an outcome that nobody can prove by its user's word. */
export const useDecideTarget = () =>
  usePostChange(({ postId, targetId, isThere, url }: Decision) =>
    callFunction(`publish/posts/${postId}/targets/${targetId}/decide`, null, {
      method: "POST",
      body: { decision: isThere ? "it_is_there" : "post_again", platform_url: url || undefined },
    })
  );
