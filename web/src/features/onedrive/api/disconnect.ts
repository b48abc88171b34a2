import { useMutation, useQueryClient } from "@tanstack/react-query";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** Forgets the account: its tokens are deleted, the files stay where they are. */
export function useDisconnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callFunction("onedrive/disconnect", null, { method: "POST" }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.onedrive.all });
      void client.invalidateQueries({ queryKey: queryKeys.videos.all });
    },
  });
}
