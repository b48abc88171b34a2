import { callFunction } from "../../../lib/call-function.ts";
import { useVideoChange } from "./use-video-change.ts";

/** Deletes a video here and its file in OneDrive. */
export const useDeleteVideo = () =>
  useVideoChange((videoId: string) => callFunction(`videos/${videoId}`, null, { method: "DELETE" }));
