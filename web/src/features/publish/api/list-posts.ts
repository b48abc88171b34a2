import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { type PostFilters, queryKeys } from "../../../lib/query-keys.ts";
import type { PostView } from "../rules/listed-post.ts";
import { pollDelay } from "../rules/poll-delay.ts";
import { readPosts } from "./read-posts.ts";
import { readQuietTime } from "./read-quiet-time.ts";

/** Posts page by page, what needs its user first; asked for again while something moves. */
export const postListOptions = (filters: PostFilters & { view?: PostView }) =>
  infiniteQueryOptions({
    queryKey: queryKeys.posts.list(filters),
    queryFn: ({ pageParam }) => readPosts({ ...filters, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => {
      if (!data) return false;
      const targets = data.pages.flatMap(({ posts }) => posts).flatMap((post) => post.targets);
      return pollDelay(targets, readQuietTime(data.pages));
    },
  });
