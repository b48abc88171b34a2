import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { toast } from "sonner";
import { splitFiles } from "../api/split-files.ts";
import { startUploader, type Uploader } from "../api/uploader-client.ts";
import { useAfterUpload } from "./use-after-upload.ts";
import { UploadsContext } from "./use-uploads.ts";
import { useLeaveWarning } from "./use-leave-warning.ts";

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
    void started.restore();
    return () => started.dispose();
  }, []);
  if (!uploader) return null;
  return <RunningUploads uploader={uploader} userId={userId}>{children}</RunningUploads>;
}

function RunningUploads({ uploader, userId, children }: UploadsProviderProps & { uploader: Uploader }) {
  const client = useQueryClient();
  const uploads = useSyncExternalStore(uploader.subscribe, uploader.getSnapshot);
  const files = useRef(new Map<string, File>());
  useAfterUpload({ uploads, files: files.current, userId, client });
  useLeaveWarning(uploads);

  const value = useMemo(() => ({
    uploads,
    uploader,
    addFiles(picked: readonly File[], productId: string | null) {
      const { videos, refused } = splitFiles(picked);
      for (const reason of refused) toast.error(reason);
      for (const file of videos) files.current.set(uploader.add(file, { productId }), file);
    },
    attachFile(id: string, file: File) {
      files.current.set(id, file);
      void uploader.attachFile(id, file);
    },
  }), [uploads, uploader]);
  return <UploadsContext value={value}>{children}</UploadsContext>;
}
