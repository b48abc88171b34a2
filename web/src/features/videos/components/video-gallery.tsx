import { type ReactNode, useState } from "react";
import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { canPublish, type VideoSelection } from "./use-video-selection.ts";
import { PlayerDialog } from "./player-dialog.tsx";
import { VideoActions } from "./video-actions.tsx";
import { VideoCard } from "./video-card.tsx";

interface VideoGalleryProps {
  videos: readonly Video[];
  renderPlace?: (video: Video) => ReactNode;
  /** Where many can be chosen. */
  selection?: VideoSelection;
  onLink: (video: Video) => void;
  onPublish: (video: Video) => void;
}

/** Videos as a grid of frames. */
export function VideoGallery({ videos, renderPlace, selection, onLink, onPublish }: VideoGalleryProps) {
  const [playing, setPlaying] = useState<Video | null>(null);
  return (
    <>
      <ul
        aria-label="Videos"
        className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15.5rem),1fr))] gap-4"
      >
        {videos.map((video) => (
          <li key={video.id}>
            <VideoCard
              video={video}
              place={renderPlace?.(video)}
              isChosen={selection?.ids.has(video.id)}
              onChoose={selection && canPublish(video)
                ? (isRange) => selection.toggle(video, isRange)
                : undefined}
              onPlay={() => setPlaying(video)}
              actions={
                <VideoActions
                  video={video}
                  onLink={() => onLink(video)}
                  onPublish={() => onPublish(video)}
                />
              }
            />
          </li>
        ))}
      </ul>
      {playing && <PlayerDialog video={playing} onClose={() => setPlaying(null)} />}
    </>
  );
}
