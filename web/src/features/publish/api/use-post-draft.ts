import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { queryKeys } from "../../../lib/query-keys.ts";
import type { PostDraft } from "../rules/post-draft.ts";

interface KeptDraft {
  draft: PostDraft;
  /** Of the request that creates the post: it stays the same until an answer came, also over a closed dialog. */
  idempotencyKey: string;
}

/**
 * What is being filled in. It outlives a closed dialog for a few minutes, and goes with everything else of the user
 * when they sign out.
 * @param keepAs a video, or null: nothing is kept
 */
export function usePostDraft(keepAs: string | null, initial: () => PostDraft) {
  const client = useQueryClient();
  const queryKey = queryKeys.posts.draft(keepAs ?? "");
  const [kept, setKept] = useState<KeptDraft>(() =>
    (keepAs !== null && client.getQueryData<KeptDraft>(queryKey)) ||
    { draft: initial(), idempotencyKey: crypto.randomUUID() }
  );
  const keep = (next: KeptDraft) => {
    setKept(next);
    if (keepAs !== null) client.setQueryData(queryKey, next);
  };
  return {
    ...kept,
    change: (part: Partial<PostDraft>) => keep({ ...kept, draft: { ...kept.draft, ...part } }),
    renewKey: () => keep({ ...kept, idempotencyKey: crypto.randomUUID() }),
    forget: () => client.removeQueries({ queryKey }),
  };
}
