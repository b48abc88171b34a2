import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

const POLL_MS = 2_000;
const UNDER_WAY = ["waiting", "converting", "storing"];

/** Whether a video is being converted for a platform right now; asked again while somebody watches. */
export const conversionOptions = (videoId: string) =>
  queryOptions({
    queryKey: queryKeys.posts.conversion(videoId),
    queryFn: async () => {
      const variants = unwrap(
        await supabase.from("video_variants").select("id").eq("video_id", videoId).in("status", UNDER_WAY)
          .limit(1),
      );
      return variants.length > 0;
    },
    staleTime: 0,
    refetchInterval: POLL_MS,
  });
