import { coverOffset, coverPath } from "./draft-cover.ts";
import type { PostDraft } from "./post-draft.ts";
import { toTiktokOptions } from "./tiktok-choice.ts";

/** What a draft asks of YouTube alone; without a title the server takes the first line of the text. */
export function youtubeOptions({ title, privacy, madeForKids, cover }: PostDraft) {
  const path = coverPath(cover, "wide");
  return {
    ...(title.trim() && { title: title.trim() }),
    privacy,
    made_for_kids: madeForKids,
    ...(path && { cover: path }),
  };
}

/** What a draft asks of Instagram alone. */
export function instagramOptions({ sharesToFeed, cover, firstComment }: PostDraft) {
  const path = coverPath(cover, "tall");
  const offset = path ? undefined : coverOffset(cover);
  return {
    share_to_feed: sharesToFeed,
    ...(path && { cover: path }),
    ...(offset !== undefined && { cover_offset_ms: offset }),
    ...(firstComment.trim() && { first_comment: firstComment.trim() }),
  };
}

/** What a draft asks of TikTok alone; null while nobody has chosen who can see it. */
export function tiktokOptions({ tiktok, cover }: PostDraft) {
  const options = toTiktokOptions(tiktok);
  const offset = coverOffset(cover);
  return options && { ...options, ...(offset !== undefined && { cover_offset_ms: offset }) };
}

/** What a draft asks of Facebook alone. */
export const facebookOptions = ({ facebookTitle, cover }: PostDraft) => ({
  ...(facebookTitle.trim() && { title: facebookTitle.trim() }),
  ...(coverPath(cover, "tall") && { cover: coverPath(cover, "tall") }),
});
