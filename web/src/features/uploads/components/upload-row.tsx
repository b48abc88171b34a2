import { CircleCheck, CircleX, FileUp, Pause, Play, RotateCcw, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Progress } from "../../../components/ui/progress.tsx";
import { describeUpload } from "../api/describe-upload.ts";
import type { UploadState } from "../uploader/create-uploader.ts";
import { UploadThumb } from "./upload-thumb.tsx";
import { useUploads } from "./use-uploads.ts";

/** One upload: its bar, its state in words, and what can be done about it. */
export function UploadRow({ upload, onCancel }: { upload: UploadState; onCancel: () => void }) {
  const { uploader } = useUploads();
  const { text, progress, tone } = describeUpload(upload, useSeconds(upload.status === "waiting"));
  const hasBar = !["complete", "canceled", "already_there"].includes(upload.status);
  return (
    <li className="flex gap-3.5 px-4 py-3">
      <UploadThumb frame={upload.poster?.blob ?? null} />
      <div className="grid min-w-0 grow content-center gap-1.5">
        <div className="flex items-center gap-2">
          {upload.status === "complete" && (
            <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
          )}
          {upload.status === "failed" && <CircleX aria-hidden className="size-4 shrink-0 text-danger" />}
          <p className="min-w-0 grow truncate font-[550]" title={upload.fileName}>{upload.fileName}</p>
          {progress !== null && hasBar && (
            <span className="tabular shrink-0 text-xs text-ink-soft">{Math.floor(progress * 100)} %</span>
          )}
          <UploadButtons upload={upload} onCancel={onCancel} />
        </div>
        {hasBar && <Progress label={`Upload of ${upload.fileName}`} value={progress} tone={tone} />}
        <p className={`tabular text-xs ${tone === "danger" ? "text-danger" : "text-ink-soft"}`}>{text}</p>
        {upload.notice && <p className="text-xs text-warning">{upload.notice.message}</p>}
        {upload.status === "needs_file" && <FileChooser upload={upload} />}
        {upload.status === "already_there" && (
          <Button
            size="sm"
            className="justify-self-start"
            aria-label={`Upload ${upload.fileName} anyway`}
            onClick={() => uploader.uploadAnyway(upload.id)}
          >
            Upload anyway
          </Button>
        )}
        {upload.status === "in_use_elsewhere" && (
          <Button
            size="sm"
            className="justify-self-start"
            onClick={() => uploader.takeOver(upload.id)}
          >
            Go on here instead
          </Button>
        )}
      </div>
    </li>
  );
}

function UploadButtons({ upload, onCancel }: { upload: UploadState; onCancel: () => void }) {
  const { uploader } = useUploads();
  const { id, fileName, status } = upload;
  const isOver = ["complete", "canceled", "failed", "already_there"].includes(status);
  return (
    <span className="-my-1 -mr-1.5 flex shrink-0">
      {["queued", "preparing", "fingerprinting", "uploading", "waiting"].includes(status) && (
        <IconButton
          label={`Pause ${fileName}`}
          onClick={() => uploader.pause(id)}
        >
          <Pause aria-hidden className="fill-current" />
        </IconButton>
      )}
      {status === "paused" && (
        <IconButton label={`Resume ${fileName}`} onClick={() => uploader.resume(id)}>
          <Play aria-hidden className="fill-current" />
        </IconButton>
      )}
      {(status === "failed" || status === "waiting") && (
        <IconButton
          label={`Try ${fileName} again`}
          onClick={() => uploader.retry(id)}
        >
          <RotateCcw aria-hidden />
        </IconButton>
      )}
      {isOver
        ? (
          <IconButton label={`Remove ${fileName} from this list`} onClick={() => uploader.dismiss(id)}>
            <X aria-hidden />
          </IconButton>
        )
        : (
          <IconButton label={`Cancel ${fileName}`} onClick={onCancel}>
            <X aria-hidden />
          </IconButton>
        )}
    </span>
  );
}

function IconButton(
  { label, onClick, children }: { label: string; onClick: () => void; children: ReactNode },
) {
  return (
    <Button look="quiet" size="icon-sm" aria-label={label} title={label} onClick={onClick}>{children}</Button>
  );
}

function FileChooser({ upload }: { upload: UploadState }) {
  const { uploader } = useUploads();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div>
      <input
        ref={input}
        type="file"
        accept="video/*"
        hidden
        aria-label={`File for ${upload.fileName}`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void uploader.attachFile(upload.id, file);
          event.target.value = "";
        }}
      />
      <Button
        size="sm"
        aria-label={`Choose the file: ${upload.fileName}`}
        onClick={() => input.current?.click()}
      >
        <FileUp aria-hidden /> Choose the file
      </Button>
    </div>
  );
}

/** The current time, moving on every second while it matters. */
function useSeconds(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
