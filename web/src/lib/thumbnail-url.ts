import { queryOptions } from "@tanstack/react-query";
import { thumbnailListSchema } from "../../../supabase/functions/_shared/contracts/videos.ts";
import { callFunction } from "./call-function.ts";
import { queryKeys } from "./query-keys.ts";

/** The server takes up to 60. */
const VIDEOS_PER_CALL = 60;
/** OneDrive's addresses live for about an hour. */
const FRESH_MS = 30 * 60_000;

type Waiting = { resolve: (url: string | null) => void; reject: (error: unknown) => void };

let batch = new Map<string, Waiting[]>();

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

function requestThumbnailUrl(videoId: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    if (batch.size === 0) setTimeout(askAll, 15);
    batch.set(videoId, [...(batch.get(videoId) ?? []), { resolve, reject }]);
  });
}

function askAll(): void {
  const current = [...batch];
  batch = new Map();
  for (let start = 0; start < current.length; start += VIDEOS_PER_CALL) {
    void ask(current.slice(start, start + VIDEOS_PER_CALL));
  }
}

async function ask(part: readonly [string, Waiting[]][]): Promise<void> {
  try {
    const ids = part.map(([videoId]) => videoId).join(",");
    const { thumbnails } = await callFunction("videos/thumbnails", thumbnailListSchema, { query: { ids } });
    const urls = new Map(thumbnails.map(({ video_id, url }) => [video_id, url]));
    for (const [videoId, waiting] of part) {
      for (const { resolve } of waiting) resolve(urls.get(videoId) ?? null);
    }
  } catch (error) {
    for (const { reject } of part.flatMap(([, waiting]) => waiting)) reject(error);
  }
}
