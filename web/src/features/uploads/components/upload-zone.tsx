import { Upload as UploadIcon } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { cn } from "../../../lib/cn.ts";
import { UploadRows } from "./upload-rows.tsx";
import { useFileDrop } from "./use-file-drop.ts";
import { useUploads } from "./use-uploads.ts";

interface UploadZoneProps {
  /** Where the videos belong; null for the library. */
  productId: string | null;
  /** A tall zone that explains itself, for a place without videos. */
  isTeaching: boolean;
  /** Another way to videos, beside choosing files. */
  otherWay?: ReactNode;
}

/** Takes files dropped anywhere on the page or chosen by hand, and shows the uploads of its product. */
export function UploadZone({ productId, isTeaching, otherWay }: UploadZoneProps) {
  const { uploads, addFiles } = useUploads();
  const input = useRef<HTMLInputElement>(null);
  const isDragging = useFileDrop((files) => addFiles(files, productId));
  // A finished one is in the gallery below.
  const ours = productId
    ? uploads.filter((upload) => upload.productId === productId && upload.status !== "complete")
    : [];
  return (
    <div className="grid gap-3">
      <div
        className={cn(
          "flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-dashed px-4 transition-colors",
          isTeaching ? "flex-col py-10 text-center" : "py-3.5",
          isDragging ? "border-progress bg-spark-soft" : "border-line-strong",
        )}
      >
        <span className="grid size-10 shrink-0 place-items-center rounded-full bg-spark-soft text-ink">
          <UploadIcon aria-hidden className={cn("size-5", isDragging && "animate-bounce")} />
        </span>
        <div className={cn("min-w-0", !isTeaching && "grow basis-40")}>
          <p className="font-[570]">{isDragging ? "Let go to upload" : "Drop videos here"}</p>
          <p className="text-ink-soft">
            {isTeaching
              ? "Up to 250 GB each, straight into your OneDrive. You can pause, close the browser and go on later."
              : "Up to 250 GB each, straight into your OneDrive."}
          </p>
        </div>
        <div
          className={cn("flex flex-wrap gap-2 max-sm:w-full max-sm:*:grow", isTeaching && "justify-center")}
        >
          <Button look={isTeaching ? "primary" : "secondary"} onClick={() => input.current?.click()}>
            Choose videos
          </Button>
          {otherWay}
        </div>
        <input
          ref={input}
          type="file"
          accept="video/*,.mkv,.mts,.m2ts"
          multiple
          hidden
          aria-label="Videos to upload"
          onChange={(event) => {
            addFiles([...event.target.files ?? []], productId);
            event.target.value = "";
          }}
        />
      </div>
      {ours.length > 0 && (
        <Card>
          <UploadRows uploads={ours} />
        </Card>
      )}
    </div>
  );
}
