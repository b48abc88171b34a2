import { useMutation, useQueryClient } from "@tanstack/react-query";
import { publishConnectionSchema } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** Connects one of the offered accounts with the key that the server keeps; posts that wait for it go on. */
export function useConnectOfferedAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (accountId: string) =>
      callFunction("publish/connections/tiktok/blotato", publishConnectionSchema, {
        method: "POST",
        body: { account_id: accountId },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.connections });
      void client.invalidateQueries({ queryKey: queryKeys.posts.all });
    },
    meta: { quiet: true },
  });
}
