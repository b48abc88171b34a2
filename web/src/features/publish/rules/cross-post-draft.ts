import { joinHashtags } from "./compose-text.ts";
import type { ListedPost, ListedTarget } from "./listed-post.ts";
import type { PostDraft } from "./post-draft.ts";
import { startDraft } from "./start-draft.ts";

/** The form for what was posted to one account, to be posted to another one too: its words, at once. */
export function crossPostDraft(
  post: ListedPost,
  target: ListedTarget,
  connectionId: string,
  title: string,
  timeZone: string,
): PostDraft {
  return {
    ...startDraft([], title, timeZone),
    connectionIds: [connectionId],
    caption: target.caption ?? post.caption,
    hashtags: joinHashtags(target.hashtags ?? post.hashtags),
  };
}
