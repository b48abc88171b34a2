import type { PostDraft } from "./post-draft.ts";

/** What a draft asks of YouTube alone; without a title the server takes the first line of the text. */
export const youtubeOptions = ({ title, privacy, madeForKids }: PostDraft) => ({
  ...(title.trim() && { title: title.trim() }),
  privacy,
  made_for_kids: madeForKids,
});

/** What a draft asks of Instagram alone. */
export const instagramOptions = ({ sharesToFeed }: PostDraft) => ({ share_to_feed: sharesToFeed });
