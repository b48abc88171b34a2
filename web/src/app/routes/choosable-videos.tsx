import { type ReactNode, useState } from "react";
import { BULK_MAX_VIDEOS } from "../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import type { Video } from "../../../../supabase/functions/_shared/contracts/videos.ts";
import { SelectionBar } from "../../features/videos/components/selection-bar.tsx";
import { useVideoSelection } from "../../features/videos/components/use-video-selection.ts";
import { VideoGallery } from "../../features/videos/components/video-gallery.tsx";
import { PublishVideos } from "./publish-videos.tsx";

interface ChoosableVideosProps {
  videos: readonly Video[];
  renderPlace?: (video: Video) => ReactNode;
  onLink: (video: Video) => void;
  onPublish: (video: Video) => void;
  /** What stands between the videos and the bar, such as a button for more. */
  children?: ReactNode;
}

/** Videos of which one is published with its button, and any number by choosing them. */
export function ChoosableVideos({ videos, renderPlace, onLink, onPublish, children }: ChoosableVideosProps) {
  const selection = useVideoSelection(videos);
  const [publishing, setPublishing] = useState<readonly Video[] | null>(null);
  return (
    <>
      <VideoGallery
        videos={videos}
        selection={selection}
        onLink={onLink}
        onPublish={onPublish}
        renderPlace={renderPlace}
      />
      {children}
      <SelectionBar
        selection={selection}
        shown={videos}
        max={BULK_MAX_VIDEOS}
        onPublish={() => setPublishing(selection.videos)}
      />
      {publishing && <PublishVideos videos={publishing} onClose={() => setPublishing(null)} />}
    </>
  );
}
