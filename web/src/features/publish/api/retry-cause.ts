import { callFunction } from "../../../lib/call-function.ts";
import { usePostChange } from "./use-post-change.ts";

interface Cause {
  postIds: readonly string[];
  errorCode: string;
}

/** Tries again everything of some posts that stopped for one cause. One post after the other: calls are limited. */
export const useRetryCause = () =>
  usePostChange(async ({ postIds, errorCode }: Cause) => {
    for (const id of postIds) {
      await callFunction(`publish/posts/${id}/retry`, null, {
        method: "POST",
        body: { error_code: errorCode },
      });
    }
  });
