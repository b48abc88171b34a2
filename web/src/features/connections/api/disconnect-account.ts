import { useMutation, useQueryClient } from "@tanstack/react-query";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** Forgets an account: its tokens are deleted, and revoked where the platform can do that. */
export function useDisconnectAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callFunction(`publish/connections/${id}`, null, { method: "DELETE" }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.connections });
      void client.invalidateQueries({ queryKey: queryKeys.posts.all });
    },
  });
}
