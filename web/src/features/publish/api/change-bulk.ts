import { useMutation, useQueryClient } from "@tanstack/react-query";
import { bulkSchema } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

type Change =
  | { kind: "cancel"; bulkId: string }
  | { kind: "retry"; bulkId: string; itemId?: string; allowsDuplicate?: boolean };

/** Undoes a bulk, or tries again what failed of it; resolves to how it stands then. */
export function useChangeBulk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) =>
      callFunction(`publish/bulks/${change.bulkId}/${change.kind}`, bulkSchema, {
        method: "POST",
        body: change.kind === "cancel"
          ? undefined
          : { item_id: change.itemId, allow_duplicate: change.allowsDuplicate },
      }),
    onSuccess: (bulk) => client.setQueryData(queryKeys.bulks.detail(bulk.id), bulk),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.bulks.all });
      void client.invalidateQueries({ queryKey: queryKeys.posts.all });
    },
  });
}
