import { useMutation, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "../../../lib/query-keys.ts";

/** A write that changes a product's correlations and, through them, its tasks. */
export function useCorrelationChange<Variables>(
  productId: string,
  change: (variables: Variables) => Promise<void>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Not awaited: callers say that it worked before the lists, and with them often the callers, change.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.correlations(productId) });
      void client.invalidateQueries({ queryKey: queryKeys.tasks.all });
    },
  });
}
