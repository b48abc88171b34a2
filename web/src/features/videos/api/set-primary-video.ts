import { videoSchema } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { useVideoChange } from "./use-video-change.ts";

/** Makes a video the one that correlated tasks inherit. */
export const useSetPrimaryVideo = () =>
  useVideoChange((videoId: string) =>
    callFunction(`videos/${videoId}`, videoSchema, { method: "PATCH", body: { is_primary: true } })
  );
