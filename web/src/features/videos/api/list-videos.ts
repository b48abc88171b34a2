import { infiniteQueryOptions } from "@tanstack/react-query";
import { videoListSchema } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** A user's videos, newest first; of one product when `productId` is given. */
export const videoListOptions = (filters: { productId?: string }) =>
  infiniteQueryOptions({
    queryKey: queryKeys.videos.list(filters),
    queryFn: ({ pageParam, signal }) =>
      callFunction("videos", videoListSchema, {
        query: { product_id: filters.productId, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
