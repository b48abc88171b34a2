import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { queryKeys } from "../../../lib/query-keys.ts";
import { savePoster } from "../api/save-poster.ts";
import type { UploadState } from "../uploader/create-uploader.ts";

interface AfterUpload {
  uploads: readonly UploadState[];
  userId: string;
  client: QueryClient;
}

/** Once per finished upload: says so, stores its poster, and lets every list read again. */
export function useAfterUpload({ uploads, userId, client }: AfterUpload): void {
  const announced = useRef(new Set<string>());
  const withPoster = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, status, fileName, video, poster } of uploads) {
      if (status !== "complete" || !video) continue;
      if (!announced.current.has(id)) {
        announced.current.add(id);
        toast.success(`${fileName} is uploaded`);
        void readAgain(client);
      }
      // The frame may be drawn later than a small file is sent.
      if (poster && !withPoster.current.has(id)) {
        withPoster.current.add(id);
        savePoster(userId, video.id, poster.blob).then(
          () => readAgain(client),
          // A video without a poster is no failure: the gallery shows a stand-in.
          (error: unknown) => console.warn("The poster was not stored.", error),
        );
      }
    }
  }, [uploads]);
}

function readAgain(client: QueryClient): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.videos.all }),
    client.invalidateQueries({ queryKey: queryKeys.tasks.all }),
    client.invalidateQueries({ queryKey: queryKeys.onedrive.status }),
    client.invalidateQueries({ queryKey: queryKeys.overview }),
  ]);
}
