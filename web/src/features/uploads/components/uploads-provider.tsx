import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { toast } from "sonner";
import { splitFiles } from "../api/split-files.ts";
import { startUploader } from "../api/uploader-client.ts";
import type { Uploader } from "../uploader/create-uploader.ts";
import { useAfterUpload } from "./use-after-upload.ts";
import { useLeaveWarning } from "./use-leave-warning.ts";
import { UploadsContext } from "./use-uploads.ts";

interface UploadsProviderProps {
  userId: string;
  children: ReactNode;
}

/** Keeps the uploader alive while its user is signed in, whatever page is open. */
export function UploadsProvider({ userId, children }: UploadsProviderProps) {
  const [uploader, setUploader] = useState<Uploader | null>(null);
  useEffect(() => {
    const started = startUploader();
    setUploader(started);
    // Without an answer the list is empty; the next visit of the app asks again.
    started.restore().catch((error: unknown) =>
      console.warn("Unfinished uploads could not be listed.", error)
    );
    return () => started.dispose();
  }, []);
  if (!uploader) return null;
  return <RunningUploads uploader={uploader} userId={userId}>{children}</RunningUploads>;
}

function RunningUploads({ uploader, userId, children }: UploadsProviderProps & { uploader: Uploader }) {
  const client = useQueryClient();
  const uploads = useSyncExternalStore(uploader.subscribe, uploader.getSnapshot);
  useAfterUpload({ uploads, userId, client });
  useLeaveWarning(uploads);

  const value = useMemo(() => ({
    uploads,
    uploader,
    addFiles(picked: readonly File[], productId: string | null) {
      const { videos, refused } = splitFiles(picked);
      for (const reason of refused) toast.error(reason);
      for (const file of videos) uploader.add(file, { productId });
    },
  }), [uploads, uploader]);
  return <UploadsContext value={value}>{children}</UploadsContext>;
}
