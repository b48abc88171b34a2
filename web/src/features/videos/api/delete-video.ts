import { callFunction } from "../../../lib/call-function.ts";
import { useVideoChange } from "./use-video-change.ts";

interface Deletion {
  videoId: string;
  /** Leaves the file in OneDrive where it is. */
  keepsFile: boolean;
}

/** Deletes a video here and, as told, its file in OneDrive. */
export const useDeleteVideo = () =>
  useVideoChange(({ videoId, keepsFile }: Deletion) =>
    callFunction(`videos/${videoId}`, null, {
      method: "DELETE",
      query: { keep_file: String(keepsFile) },
    })
  );
