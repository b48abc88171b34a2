import type { EditPostRequest } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { facebookOptions, instagramOptions, tiktokOptions, youtubeOptions } from "./build-options.ts";
import { parseHashtags } from "./compose-text.ts";
import { instantOf } from "./instant-of.ts";
import { isOpenTarget } from "./is-open-target.ts";
import type { ListedPost, ListedTarget } from "./listed-post.ts";
import type { PostDraft } from "./post-draft.ts";

type TargetEdit = NonNullable<EditPostRequest["targets"]>[number];

/**
 * What has changed between the form as it opened and as it is now. What nobody touched is not sent: it may have been
 * set elsewhere, to more than this form can show.
 */
export function buildEdit(
  post: ListedPost,
  opened: PostDraft,
  draft: PostDraft,
): EditPostRequest {
  const targets = post.targets.filter(isOpenTarget)
    .map((target) => editTarget(target, opened, draft))
    .filter((edit) => Object.keys(edit).length > 1);
  return {
    ...(draft.caption !== opened.caption && { caption: draft.caption.trim() }),
    ...(draft.hashtags !== opened.hashtags && { hashtags: parseHashtags(draft.hashtags) }),
    ...(draft.timeZone !== opened.timeZone && { time_zone: draft.timeZone }),
    ...(targets.length > 0 && { targets }),
  };
}

function editTarget(target: ListedTarget, opened: PostDraft, draft: PostDraft): TargetEdit {
  const { platform } = target;
  const id = target.connection_id ?? "";
  const text = draft.ownTexts[platform];
  const isNewText = JSON.stringify(text) !== JSON.stringify(opened.ownTexts[platform]);
  const before = optionsOf(platform, opened);
  const after = optionsOf(platform, draft);
  // What was taken out here goes; what this form cannot show stays.
  const kept = Object.entries(target.options).filter(([name]) => !Object.hasOwn(before, name));
  const options = { ...Object.fromEntries(kept), ...after };
  const time = instantOf(draft, id);
  // Without a time that comes nothing is said of it: null would be at once.
  const isNewTime = time !== instantOf(opened, id) && (time !== null || draft.when === "now");
  return {
    id: target.id,
    ...(isNewText && {
      caption: text ? text.caption.trim() : null,
      hashtags: text ? parseHashtags(text.hashtags) : null,
    }),
    ...(!isSame(after, before) && { options }),
    ...(isNewTime && { scheduled_for: time }),
  };
}

function optionsOf(platform: ListedTarget["platform"], draft: PostDraft): Record<string, unknown> {
  if (platform === "youtube") return youtubeOptions(draft);
  if (platform === "instagram") return instagramOptions(draft);
  if (platform === "facebook") return facebookOptions(draft);
  return platform === "tiktok" ? (tiktokOptions(draft) ?? {}) : {};
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
