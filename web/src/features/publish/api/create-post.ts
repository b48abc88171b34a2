import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  createdPostSchema,
  type CreatePostRequest,
} from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { ApiFailure, isPassing } from "../../../lib/api-failure.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

const RETRIES = 3;

/**
 * Creates a post. The key stays the same until the form has its answer: a lost answer is asked for again, and the
 * server answers what it did the first time.
 */
export function useCreatePost(idempotencyKey: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreatePostRequest) =>
      callFunction("publish/posts", createdPostSchema, { method: "POST", body, idempotencyKey }),
    retry: (failures, error) => failures < RETRIES && (isPassing(error) || isStillRunning(error)),
    meta: { quiet: true },
    onSuccess: () => void client.invalidateQueries({ queryKey: queryKeys.posts.all }),
  });
}

const isStillRunning = (error: unknown) =>
  error instanceof ApiFailure && error.code === "request_in_progress";
