import { VideoPoster } from "../../../components/video-poster.tsx";
import { count } from "../../../lib/count.ts";
import type { VideoPreview } from "../api/list-previews.ts";

interface ProductVideosCellProps {
  preview: VideoPreview | undefined;
  /** False while the previews are still on their way. */
  isKnown: boolean;
}

/** A product's videos in a list row. */
export function ProductVideosCell({ preview, isKnown }: ProductVideosCellProps) {
  if (!isKnown) return null;
  if (!preview) return <span className="text-ink-faint">No video</span>;
  return (
    <span className="flex items-center gap-2.5">
      <VideoPoster
        path={preview.posterPath}
        videoId={preview.videoId}
        className="w-12 rounded max-md:hidden"
      />
      <span className="tabular whitespace-nowrap">{count(preview.count, "video")}</span>
    </span>
  );
}
