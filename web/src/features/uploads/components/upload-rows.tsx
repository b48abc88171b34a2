import { useState } from "react";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { formatBytes } from "../../../lib/format-bytes.ts";
import type { UploadState } from "../uploader/create-uploader.ts";
import { UploadRow } from "./upload-row.tsx";
import { useUploads } from "./use-uploads.ts";

/** Uploads below each other. Canceling one that has sent something asks first. */
export function UploadRows({ uploads }: { uploads: readonly UploadState[] }) {
  const { uploader } = useUploads();
  const [canceling, setCanceling] = useState<UploadState | null>(null);
  const ask = (upload: UploadState) => {
    if (upload.sentBytes > 0) setCanceling(upload);
    else void giveUp(upload);
  };
  const giveUp = async ({ id }: UploadState) => {
    await uploader.cancel(id);
    // One that OneDrive could not be told about stays, with that message.
    if (!uploader.getSnapshot().find((each) => each.id === id)?.error) uploader.dismiss(id);
  };
  return (
    <>
      <ul aria-label="Uploads" className="divide-y">
        {uploads.map((upload) => (
          <UploadRow
            key={upload.id}
            upload={upload}
            onCancel={() => ask(upload)}
          />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={canceling !== null}
        onOpenChange={() => setCanceling(null)}
        title="Cancel this upload?"
        description={canceling && (
          <p>
            {canceling.status === "verifying" ? "All" : formatBytes(canceling.sentBytes)} of{" "}
            <strong className="font-[600] text-ink">{canceling.fileName}</strong>{" "}
            {canceling.status === "verifying"
              ? "is in OneDrive already. The file will be removed there."
              : "are in OneDrive already and will be thrown away. Pausing keeps them."}
          </p>
        )}
        confirmLabel="Cancel upload"
        cancelLabel="Keep uploading"
        isDestructive
        onConfirm={() => {
          if (canceling) void giveUp(canceling);
          setCanceling(null);
        }}
      />
    </>
  );
}
