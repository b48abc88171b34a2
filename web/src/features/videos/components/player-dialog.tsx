import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { playbackOptions } from "../../../lib/playback-url.ts";
import { posterUrlOptions } from "../../../lib/poster-url.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** Playing on for this long means that the fresh address was the cure. */
const PLAYS_AGAIN_AFTER_S = 5;

/** Plays a video from the user's OneDrive with the browser's own controls. */
export function PlayerDialog(
  { video, onClose }: { video: Video; onClose: () => void },
) {
  const player = useRef<HTMLVideoElement>(null);
  const resumeAt = useRef(0);
  const client = useQueryClient();
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  const [isUnplayable, setUnplayable] = useState(false);
  const { data: poster } = useQuery(posterUrlOptions(video.poster_path));
  const playback = useQuery(playbackOptions(video.id));
  const url = playback.data?.url;

  // The space bar and the arrow keys belong to the player as soon as it is there.
  useEffect(() => player.current?.focus(), [url]);

  // The server has noted that the file is gone; the gallery behind shows it too.
  const isGone = playback.error instanceof ApiFailure && playback.error.code === "video_unreachable";
  useEffect(() => {
    if (isGone) void client.invalidateQueries({ queryKey: queryKeys.videos.lists });
  }, [isGone]);

  /** An address dies within the hour. The first failure gets a fresh one and goes on where it stopped. */
  function recover() {
    resumeAt.current = player.current?.currentTime ?? 0;
    if (failedUrl !== null) {
      setUnplayable(true);
      return;
    }
    setFailedUrl(url ?? "");
    void playback.refetch();
  }

  async function tryAgain() {
    setUnplayable(false);
    setFailedUrl(null);
    await playback.refetch();
  }

  return (
    <Dialog isOpen onOpenChange={onClose} title={video.filename} width="xl">
      {(playback.error || isUnplayable) && (
        <Notice
          tone="warning"
          title="This video does not play"
          isUrgent
          action={
            <Button size="sm" isBusy={playback.isFetching} onClick={tryAgain}>
              Try again
            </Button>
          }
        >
          {playback.error?.message ??
            "The browser could not read the file. It may be of a kind it cannot play."}
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
          onError={recover}
          onLoadedMetadata={(event) => {
            if (resumeAt.current > 0) {
              event.currentTarget.currentTime = resumeAt.current;
            }
          }}
          onTimeUpdate={({ currentTarget }) => {
            if (
              failedUrl !== null &&
              currentTarget.currentTime > resumeAt.current + PLAYS_AGAIN_AFTER_S
            ) {
              setFailedUrl(null);
            }
          }}
          className="max-h-[70dvh] w-full rounded-lg bg-black"
        />
      )}
    </Dialog>
  );
}
