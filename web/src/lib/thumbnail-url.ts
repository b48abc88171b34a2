import { queryOptions } from "@tanstack/react-query";
import { thumbnailListSchema } from "../../../supabase/functions/_shared/contracts/videos.ts";
import { callFunction } from "./call-function.ts";
import { createBatch } from "./create-batch.ts";
import { queryKeys } from "./query-keys.ts";

/** The server takes up to 60. */
const VIDEOS_PER_CALL = 60;
/** OneDrive's addresses live for about an hour. */
const FRESH_MS = 30 * 60_000;

const requestThumbnailUrl = createBatch(async (videoIds) => {
  const query = { ids: videoIds.join(",") };
  const { thumbnails } = await callFunction("videos/thumbnails", thumbnailListSchema, { query });
  return new Map(thumbnails.map(({ video_id, url }) => [video_id, url]));
}, VIDEOS_PER_CALL);

/** OneDrive's own picture of a video without a poster of ours. All of one paint are asked for together. */
export const thumbnailUrlOptions = (videoId: string | null) =>
  queryOptions({
    queryKey: queryKeys.thumbnail(videoId ?? ""),
    queryFn: () => requestThumbnailUrl(videoId ?? ""),
    enabled: videoId !== null,
    staleTime: FRESH_MS,
    gcTime: FRESH_MS,
    refetchOnWindowFocus: false,
    retry: false,
  });
