import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { EditPostRequest } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

interface Edit {
  postId: string;
  body: EditPostRequest;
  /** Of targets that stopped: they are tried again with what has changed. */
  retried: readonly string[];
}

/** Changes a post that has not gone out, or sends a draft on its way. */
export function useEditPost() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ postId, body, retried }: Edit) => {
      await callFunction(`publish/posts/${postId}`, null, { method: "PATCH", body });
      for (const target_id of retried) {
        await callFunction(`publish/posts/${postId}/retry`, null, { method: "POST", body: { target_id } });
      }
    },
    meta: { quiet: true },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.posts.all }),
  });
}
