import { queryOptions } from "@tanstack/react-query";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { formatCheckSchema } from "../../../../../supabase/functions/_shared/contracts/publish-format.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

const FRESH_MS = 5 * 60_000;

/** Whether the file of a video is one that platforms take. Asked once for all of them: the file is read for it. */
export const formatCheckOptions = (videoId: string, platforms: readonly Platform[]) =>
  queryOptions({
    queryKey: queryKeys.formatCheck(videoId, platforms),
    queryFn: ({ signal }) =>
      callFunction("publish/posts/check", formatCheckSchema, {
        method: "POST",
        body: { video_id: videoId, targets: platforms.map((platform) => ({ platform })) },
        signal,
      }),
    enabled: platforms.length > 0,
    staleTime: FRESH_MS,
    refetchOnWindowFocus: false,
  });
