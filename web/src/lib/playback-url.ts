import { queryOptions } from "@tanstack/react-query";
import { playbackSchema } from "../../../supabase/functions/_shared/contracts/videos.ts";
import { callFunction } from "./call-function.ts";
import { queryKeys } from "./query-keys.ts";

/** The address a video plays from. It dies within the hour, so it is asked for at every opening. */
export const playbackOptions = (videoId: string) =>
  queryOptions({
    queryKey: queryKeys.videos.playback(videoId),
    queryFn: ({ signal }) => callFunction(`videos/${videoId}/playback`, playbackSchema, { signal }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
