import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type CreateBulkRequest,
  createdBulkSchema,
} from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import { ApiFailure, isPassing } from "../../../lib/api-failure.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

const RETRIES = 3;

/** Publishes many videos. A lost answer is asked for again with the same key: nothing is posted twice. */
export function useStartBulk(idempotencyKey: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateBulkRequest) =>
      callFunction("publish/bulk", createdBulkSchema, { method: "POST", body, idempotencyKey }),
    retry: (failures, error) =>
      failures < RETRIES &&
      (isPassing(error) || (error instanceof ApiFailure && error.code === "request_in_progress")),
    meta: { quiet: true },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.bulks.all });
      void client.invalidateQueries({ queryKey: queryKeys.posts.all });
    },
  });
}
