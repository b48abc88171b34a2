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
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.correlations(productId) }),
        client.invalidateQueries({ queryKey: queryKeys.tasks.all }),
      ]),
  });
}
