import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { posterUrlOptions } from "../../../lib/poster-url.ts";
import { playbackOptions } from "../api/get-playback.ts";

/** Plays a video from the user's OneDrive with the browser's own controls. */
export function PlayerDialog({ video, onClose }: { video: Video; onClose: () => void }) {
  const player = useRef<HTMLVideoElement>(null);
  const [isUnplayable, setUnplayable] = useState(false);
  const { data: poster } = useQuery(posterUrlOptions(video.poster_path));
  const playback = useQuery(playbackOptions(video.id));
  const url = playback.data?.url;

  // The space bar and the arrow keys belong to the player as soon as it is there.
  useEffect(() => player.current?.focus(), [url]);

  async function tryAgain() {
    setUnplayable(false);
    await playback.refetch();
  }

  return (
    <Dialog isOpen onOpenChange={onClose} title={video.filename} width="xl">
      {(playback.error || isUnplayable) && (
        <Notice
          tone="warning"
          title="This video does not play"
          isUrgent
          action={<Button size="sm" isBusy={playback.isFetching} onClick={tryAgain}>Try again</Button>}
        >
          {playback.error?.message ?? "The browser could not read the file, or its address has expired."}
        </Notice>
      )}
      {playback.isPending && <Skeleton className="aspect-video w-full rounded-lg" />}
      {url && !isUnplayable && (
        <video
          ref={player}
          key={url}
          src={url}
          poster={poster ?? undefined}
          controls
          autoPlay
          playsInline
          tabIndex={0}
          aria-label={video.filename}
          onError={() => setUnplayable(true)}
          className="max-h-[70dvh] w-full rounded-lg bg-black"
        />
      )}
    </Dialog>
  );
}
