import type { CreateBulkRequest } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { buildPost } from "./build-post.ts";
import { buildSpread, type SpreadDraft } from "./bulk-draft.ts";
import type { PostDraft } from "./post-draft.ts";

/** The request a checked form for many videos stands for: a post's, for each of them. */
export function buildBulk(
  videoIds: readonly string[],
  draft: PostDraft,
  spread: SpreadDraft,
  accounts: readonly PublishConnection[],
): CreateBulkRequest {
  const { caption, hashtags, targets } = buildPost("", { ...draft, when: "now", ownTimes: null }, accounts);
  return { video_ids: [...videoIds], caption, hashtags, targets, spread: buildSpread(spread) };
}
