import { Heart, MessageCircle, Play, Send } from "lucide-react";
import type { ReactNode } from "react";
import type { Platform } from "../../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PlatformMark } from "../../../../components/platform-mark.tsx";
import { PLATFORM_NAMES } from "../../../../lib/platform-names.ts";
import { coverOffset, type DraftCover, shapeOf } from "../../rules/draft-cover.ts";
import { formatMoment } from "../../rules/format-moment.ts";
import { CoverImage } from "./cover-image.tsx";

interface CoverPreviewsProps {
  cover: DraftCover;
  platforms: readonly Platform[];
  /** As YouTube shows it below the cover. */
  title: string;
}

/** How each platform shows a cover. */
export function CoverPreviews({ cover, platforms, title }: CoverPreviewsProps) {
  return (
    <ul aria-label="Preview of the cover" className="flex flex-wrap items-start gap-x-5 gap-y-4">
      {platforms.map((platform) => (
        <li key={platform} className="grid content-start gap-1.5">
          <span className="flex items-center gap-1.5 text-xs font-[550] text-ink-soft">
            <PlatformMark platform={platform} className="size-4" /> {PLATFORM_NAMES[platform]}
          </span>
          {platform === "youtube"
            ? <YoutubeCard cover={cover} title={title} />
            : <ReelTile cover={cover} platform={platform} />}
        </li>
      ))}
    </ul>
  );
}

/** In search and on the channel; the Shorts tab of YouTube's app cuts its own tall picture out of the video. */
function YoutubeCard({ cover, title }: { cover: DraftCover; title: string }) {
  return (
    <div className="w-44">
      <CoverImage cover={cover} shape="wide" className="rounded-lg" />
      <p className="mt-1.5 line-clamp-2 text-xs font-[550] leading-4">{title || "Your title"}</p>
    </div>
  );
}

function ReelTile({ cover, platform }: { cover: DraftCover; platform: Platform }) {
  const isTiktok = shapeOf(platform) === null;
  const offset = coverOffset(cover);
  if (isTiktok && (cover.kind === "stored" || offset === undefined)) {
    return (
      <p className="w-28 text-xs text-ink-faint">
        {offset === undefined
          ? "Takes no picture of its own, only a frame of the video: it shows the first one."
          : `Shows the frame at ${formatMoment(offset / 1000)}.`}
      </p>
    );
  }
  return (
    <div className="relative w-24 overflow-hidden rounded-lg">
      <CoverImage cover={cover} shape="tall" isUncut={isTiktok} />
      {platform === "facebook"
        ? (
          <Overlay className="right-1.5 bottom-2 grid gap-2">
            <Heart className="size-3.5" />
            <MessageCircle className="size-3.5" />
            <Send className="size-3.5" />
          </Overlay>
        )
        : (
          <Overlay className={isTiktok ? "bottom-1.5 left-1.5" : "top-1.5 right-1.5"}>
            <Play className="size-3.5 fill-current" />
          </Overlay>
        )}
    </div>
  );
}

function Overlay({ className, children }: { className: string; children: ReactNode }) {
  return (
    <span
      aria-hidden
      className={`absolute text-white drop-shadow-[0_1px_2px_rgb(0_0_0/0.6)] ${className}`}
    >
      {children}
    </span>
  );
}
