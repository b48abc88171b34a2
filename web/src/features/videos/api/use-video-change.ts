import { useMutation, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "../../../lib/query-keys.ts";

/** A write that changes videos and, through inheritance, tasks: both are read again afterwards. */
export function useVideoChange<Variables, Answer>(change: (variables: Variables) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.videos.all }),
        client.invalidateQueries({ queryKey: queryKeys.tasks.all }),
        client.invalidateQueries({ queryKey: queryKeys.overview }),
      ]),
  });
}
