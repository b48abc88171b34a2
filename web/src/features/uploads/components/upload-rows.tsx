import { useState } from "react";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { formatBytes } from "../../../lib/format-bytes.ts";
import type { Upload } from "../api/uploader-client.ts";
import { UploadRow } from "./upload-row.tsx";
import { useUploads } from "./use-uploads.ts";

/** Uploads below each other. Canceling one that has sent something asks first. */
export function UploadRows({ uploads }: { uploads: readonly Upload[] }) {
  const { uploader } = useUploads();
  const [canceling, setCanceling] = useState<Upload | null>(null);
  const cancel = (upload: Upload) => {
    if (upload.sentBytes > 0) setCanceling(upload);
    else uploader.cancel(upload.id);
  };
  return (
    <>
      <ul aria-label="Uploads" className="divide-y">
        {uploads.map((upload) => <UploadRow key={upload.id} upload={upload} onCancel={() => cancel(upload)} />)}
      </ul>
      <ConfirmDialog
        isOpen={canceling !== null}
        onOpenChange={() => setCanceling(null)}
        title="Cancel this upload?"
        description={canceling && (
          <p>
            {formatBytes(canceling.sentBytes)} of <strong className="font-[600] text-ink">{canceling.fileName}</strong>
            {" "}
            are in OneDrive already and will be thrown away. Pausing keeps them.
          </p>
        )}
        confirmLabel="Cancel upload"
        cancelLabel="Keep uploading"
        isDestructive
        onConfirm={() => {
          if (canceling) uploader.cancel(canceling.id);
          setCanceling(null);
        }}
      />
    </>
  );
}
