import type {
  CreatePostRequest,
  PublishConnection,
  TargetRequest,
} from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { facebookOptions, instagramOptions, tiktokOptions, youtubeOptions } from "./build-options.ts";
import { parseHashtags } from "./compose-text.ts";
import { instantOf } from "./instant-of.ts";
import type { PostDraft } from "./post-draft.ts";

/** The request a checked draft stands for. */
export function buildPost(
  videoId: string,
  draft: PostDraft,
  accounts: readonly PublishConnection[],
): CreatePostRequest {
  const time = draft.ownTimes === null ? instantOf(draft) : null;
  return {
    video_id: videoId,
    caption: draft.caption.trim(),
    hashtags: parseHashtags(draft.hashtags),
    ...(time && { scheduled_for: time }),
    time_zone: draft.timeZone,
    targets: accounts.flatMap((account) => buildTarget(draft, account)),
  };
}

function buildTarget(draft: PostDraft, { id, platform }: PublishConnection): TargetRequest[] {
  const text = draft.ownTexts[platform];
  const time = draft.ownTimes === null ? null : instantOf(draft, id);
  const base = {
    connection_id: id,
    ...(text && { caption: text.caption.trim(), hashtags: parseHashtags(text.hashtags) }),
    ...(time && { scheduled_for: time }),
  };
  if (platform === "youtube") {
    return [{ platform, ...base, options: { ...youtubeOptions(draft), tags: [] } }];
  }
  if (platform === "instagram") return [{ platform, ...base, options: instagramOptions(draft) }];
  if (platform === "facebook") return [{ platform, ...base, options: facebookOptions(draft) }];
  const options = platform === "tiktok" ? tiktokOptions(draft) : null;
  if (platform === "tiktok" && options) return [{ platform, ...base, options }];
  return [];
}
