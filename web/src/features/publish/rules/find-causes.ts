import type { ListedPost, ListedTarget } from "./listed-post.ts";

/** One reason why several targets stopped. */
export interface Cause {
  code: string;
  platform: ListedTarget["platform"];
  /** The sentence with the next step. */
  message: string;
  targetCount: number;
  postIds: readonly string[];
}

/** What the server tries again when asked for a cause. A refused text has to be changed first. */
const RETRIED: readonly ListedTarget["status"][] = ["failed", "needs_conversion"];

/** The reasons that stopped more than one target of some posts, most frequent first. */
export function findCauses(posts: readonly ListedPost[]): Cause[] {
  const stopped = posts.flatMap((post) =>
    post.targets
      .filter(({ status, error }) =>
        RETRIED.includes(status) && error !== null && error.code !== "platform_refused_text"
      )
      .map((target) => ({ postId: post.id, target, error: target.error! }))
  );
  const groups = new Map<string, typeof stopped>();
  for (const each of stopped) {
    const key = `${each.target.platform} ${each.error.code}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      code: group[0]!.error.code,
      platform: group[0]!.target.platform,
      message: group[0]!.error.message,
      targetCount: group.length,
      postIds: [...new Set(group.map(({ postId }) => postId))],
    }))
    .toSorted((one, other) => other.targetCount - one.targetCount);
}
