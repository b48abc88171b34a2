import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export interface VideoPreview {
  count: number;
  /** The primary video, else the first. */
  videoId: string;
  posterPath: string | null;
}

/** For each product that has videos: how many, and its primary one. */
async function listPreviews(
  productIds: string[],
): Promise<Map<string, VideoPreview>> {
  const videos = unwrap(
    await supabase
      .from("product_videos")
      .select("id,product_id,is_primary,poster_path")
      .eq("upload_status", "complete")
      .in("product_id", productIds),
  );
  const previews = new Map<string, VideoPreview>();
  for (const video of videos) {
    if (!video.product_id) continue;
    const known = previews.get(video.product_id);
    const shown = known && !video.is_primary ? known : { videoId: video.id, posterPath: video.poster_path };
    previews.set(video.product_id, {
      ...shown,
      count: (known?.count ?? 0) + 1,
    });
  }
  return previews;
}

export const videoPreviewsOptions = (productIds: string[]) =>
  queryOptions({
    queryKey: queryKeys.videos.previews(productIds),
    queryFn: () => listPreviews(productIds),
    enabled: productIds.length > 0,
    placeholderData: keepPreviousData,
  });
