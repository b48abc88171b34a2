import { Check, CloudOff, Play, Star } from "lucide-react";
import type { ReactNode } from "react";
import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { Badge } from "../../../components/ui/badge.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { VideoPoster } from "../../../components/video-poster.tsx";
import { cn } from "../../../lib/cn.ts";
import { formatBytes } from "../../../lib/format-bytes.ts";
import { formatWhen } from "../../../lib/format-date.ts";
import { UNREACHABLE_LABELS, UNREACHABLE_SENTENCES } from "../../../lib/unreachable-words.ts";

interface VideoCardProps {
  video: Video;
  /** Where the video belongs, below its name. */
  place?: ReactNode;
  actions: ReactNode;
  isChosen?: boolean;
  /** Absent: it cannot be chosen here. */
  onChoose?: (isRange: boolean) => void;
  onPlay: () => void;
}

/** One video: a frame that plays it, what it is, and what can be done with it. */
export function VideoCard({ video, place, actions, isChosen, onChoose, onPlay }: VideoCardProps) {
  const facts = [
    formatBytes(video.size_bytes),
    video.width && video.height ? `${video.width}×${video.height}` : null,
    formatWhen(video.created_at),
  ].filter(Boolean);
  return (
    <Card
      className={cn("relative flex h-full flex-col overflow-hidden", isChosen && "ring-2 ring-progress")}
    >
      {onChoose && (
        <label className="absolute top-0 right-0 z-10 grid size-11 place-items-center">
          <input
            type="checkbox"
            aria-label={`Choose ${video.filename}`}
            checked={isChosen ?? false}
            // A change event does not tell which keys were held.
            onClick={(event) => onChoose(event.shiftKey)}
            onChange={() => undefined}
            className="peer size-5.5 appearance-none rounded-md bg-black/45 ring-2 ring-white/90 ring-inset checked:bg-primary checked:ring-primary"
          />
          <Check
            aria-hidden
            strokeWidth={3}
            className="pointer-events-none absolute size-3.5 text-on-primary opacity-0 peer-checked:opacity-100"
          />
        </label>
      )}
      <button
        type="button"
        onClick={onPlay}
        disabled={video.unreachable_at !== null}
        className="group relative block focus-visible:-outline-offset-2"
      >
        <span className="sr-only">Play {video.filename}</span>
        <VideoPoster
          path={video.content_changed_at ? null : video.poster_path}
          videoId={video.unreachable_at ? undefined : video.id}
          durationMs={video.unreachable_at ? null : video.duration_ms}
          className={cn("w-full", video.unreachable_at && "brightness-75 saturate-50")}
        />
        {video.unreachable_reason && (
          <Badge tone="warning" className="absolute right-2 bottom-2">
            <CloudOff aria-hidden /> {UNREACHABLE_LABELS[video.unreachable_reason]}
          </Badge>
        )}
        <span className="absolute inset-0 grid place-items-center">
          <span className="grid size-11 place-items-center rounded-full bg-black/55 text-white opacity-0 backdrop-blur-sm transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 group-disabled:hidden [@media(hover:none)]:opacity-100">
            <Play aria-hidden className="ml-0.5 size-5 fill-current" />
          </span>
        </span>
        {video.is_primary && (
          <Badge tone="spark" className="absolute top-2 left-2">
            <Star aria-hidden className="fill-current" /> Primary
          </Badge>
        )}
      </button>
      <div className="flex grow flex-col gap-3 px-3.5 pt-3 pb-3">
        <div className="min-w-0 grow">
          <h3 className="truncate font-[570]" title={video.filename}>
            {video.filename}
          </h3>
          <p className="tabular mt-0.5 text-xs text-ink-faint">
            {facts.join(" · ")}
          </p>
          {place && <div className="mt-1.5 text-xs text-ink-soft">{place}</div>}
          {video.unreachable_reason && (
            <p className="mt-1.5 text-xs text-warning">
              {UNREACHABLE_SENTENCES[video.unreachable_reason]}
            </p>
          )}
          {video.content_changed_at && !video.unreachable_reason && (
            <p className="mt-1.5 text-xs text-ink-soft">
              The file was replaced in OneDrive {formatWhen(video.content_changed_at)}. This is the new one.
            </p>
          )}
        </div>
        <div className="flex flex-wrap items-center justify-between gap-2">{actions}</div>
      </div>
    </Card>
  );
}
