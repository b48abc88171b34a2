import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { queryKeys } from "../../../lib/query-keys.ts";
import { savePoster } from "../api/save-poster.ts";
import type { Upload } from "../api/uploader-client.ts";
import { makePoster } from "../uploader/poster.ts";

interface AfterUpload {
  uploads: readonly Upload[];
  /** The files this tab has, by upload. */
  files: Map<string, File>;
  userId: string;
  client: QueryClient;
}

/** Once per finished upload: says so, makes the poster, and lets every list read again. */
export function useAfterUpload({ uploads, files, userId, client }: AfterUpload): void {
  const handled = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, status, fileName, video } of uploads) {
      if (status !== "complete" || handled.current.has(id)) continue;
      handled.current.add(id);
      toast.success(`${fileName} is uploaded`);
      void readAgain(client);
      const file = files.get(id);
      files.delete(id);
      if (file && video) void addPoster(file, video.id, userId).then(() => readAgain(client));
    }
  }, [uploads]);
}

/** A video without a poster is no failure: the gallery shows a stand-in. */
async function addPoster(file: File, videoId: string, userId: string): Promise<void> {
  try {
    const poster = await makePoster(file);
    if (poster) await savePoster(userId, videoId, poster.blob);
  } catch (error) {
    console.warn("No poster for this video.", error);
  }
}

function readAgain(client: QueryClient): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.videos.all }),
    client.invalidateQueries({ queryKey: queryKeys.tasks.all }),
    client.invalidateQueries({ queryKey: queryKeys.onedrive.status }),
    client.invalidateQueries({ queryKey: queryKeys.overview }),
  ]);
}
