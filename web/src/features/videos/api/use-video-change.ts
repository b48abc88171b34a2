import { useMutation, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "../../../lib/query-keys.ts";

/** A write that changes videos and, through inheritance, tasks: both are read again afterwards. */
export function useVideoChange<Variables, Answer>(change: (variables: Variables) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Not awaited: callers say that it worked before the lists, and with them often the callers, change.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.videos.all });
      void client.invalidateQueries({ queryKey: queryKeys.tasks.all });
      void client.invalidateQueries({ queryKey: queryKeys.overview });
    },
  });
}
