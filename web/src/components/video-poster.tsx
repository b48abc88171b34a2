import { useQuery } from "@tanstack/react-query";
import { Clapperboard } from "lucide-react";
import { cn } from "../lib/cn.ts";
import { formatDuration } from "../lib/format-duration.ts";
import { posterUrlOptions } from "../lib/poster-url.ts";
import { thumbnailUrlOptions } from "../lib/thumbnail-url.ts";
import { ImageWithFallback } from "./image-with-fallback.tsx";

interface VideoPosterProps {
  path: string | null;
  /** The video, to show OneDrive's own picture where there is no poster; absent when its file cannot be reached. */
  videoId?: string;
  durationMs?: number | null;
  className?: string;
}

/** A frame of a video with its length; decoration beside the video's name. */
export function VideoPoster({ path, videoId, durationMs, className }: VideoPosterProps) {
  const { data: poster } = useQuery(posterUrlOptions(path));
  const { data: thumbnail } = useQuery(thumbnailUrlOptions(path === null ? videoId ?? null : null));
  return (
    <span
      className={cn(
        "relative grid aspect-video place-items-center overflow-hidden bg-[oklch(0.26_0.02_165)] text-[oklch(0.7_0.03_150)]",
        className,
      )}
    >
      <ImageWithFallback
        url={poster ?? thumbnail}
        className="absolute inset-0 size-full object-contain"
        fallback={<Clapperboard aria-hidden className="size-5" />}
      />
      {durationMs !== null && durationMs !== undefined && (
        <span className="tabular absolute right-1.5 bottom-1.5 rounded-[5px] bg-black/75 px-1.5 text-2xs font-[550] text-white">
          {formatDuration(durationMs)}
        </span>
      )}
    </span>
  );
}
