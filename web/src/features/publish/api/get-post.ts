import { queryOptions } from "@tanstack/react-query";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { pollDelay } from "../rules/poll-delay.ts";
import { readPosts } from "./read-posts.ts";
import { readQuietTime } from "./read-quiet-time.ts";

/** A post and how it stands on each account; asked for again while something moves. */
export const postOptions = (id: string) =>
  queryOptions({
    queryKey: queryKeys.posts.detail(id),
    queryFn: () => readPost(id),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => data ? pollDelay(data.targets, readQuietTime(data)) : false,
  });

async function readPost(id: string) {
  const [post] = (await readPosts({ postId: id })).posts;
  if (!post) throw new ApiFailure("post_not_found", "This post does not exist.", 404);
  return post;
}
