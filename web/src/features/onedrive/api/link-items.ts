import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { LinkRequest } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { linkAnswerSchema } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** Makes videos of files that are in OneDrive already. */
export function useLinkItems() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: LinkRequest) =>
      callFunction("onedrive/links", linkAnswerSchema, {
        method: "POST",
        body: request,
      }),
    meta: { quiet: true },
    onSuccess: () => {
      // Not only stale: what was just added must not show as free to choose for a moment.
      client.removeQueries({ queryKey: queryKeys.onedrive.allItems });
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.videos.all });
      void client.invalidateQueries({ queryKey: queryKeys.tasks.all });
      void client.invalidateQueries({ queryKey: queryKeys.overview });
    },
  });
}
