import { queueVideoResponseSchema } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { useVideoChange } from "./use-video-change.ts";

/** "Queue for Amazon": creates or reopens the tasks of a video. */
export const useQueueVideo = () =>
  useVideoChange((videoId: string) =>
    callFunction(`videos/${videoId}/queue`, queueVideoResponseSchema, { method: "POST" })
  );
