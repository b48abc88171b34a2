import type { ListedPost } from "../../../_shared/providers/blotato/posts-client.ts";

/** Parameter of the media address that tells one submission from every other. */
const INTENT = "cliprelay_post";

/** The staged copy's address with the number of the submission in it. */
export function markMediaUrl(url: string, intent: string): string {
  const marked = new URL(url);
  marked.searchParams.set(INTENT, intent);
  return marked.href;
}

export type Search =
  | { kind: "found"; post: ListedPost }
  | { kind: "absent" }
  /** A post with this text may be ours or not: its address is not the one that was sent. */
  | { kind: "ambiguous" };

/** Looks for a submission by its number among posts that ended; the list names no account. */
export function findListedPost(posts: readonly ListedPost[], intent: string, text: string): Search {
  const intents = posts.map((post) => post.mediaUrls.map(readIntent));
  const at = intents.findIndex((each) => each.includes(intent));
  if (at >= 0) return { kind: "found", post: posts[at]! };
  const isLikeOurs = posts.some((post, index) =>
    post.text.trim() === text.trim() && !intents[index]!.some((each) => each !== null)
  );
  return { kind: isLikeOurs ? "ambiguous" : "absent" };
}

function readIntent(url: string): string | null {
  return URL.parse(url)?.searchParams.get(INTENT) ?? null;
}
