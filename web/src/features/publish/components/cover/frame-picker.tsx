import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../../../components/ui/button.tsx";
import { Notice } from "../../../../components/ui/notice.tsx";
import { Skeleton } from "../../../../components/ui/skeleton.tsx";
import { Slider } from "../../../../components/ui/slider.tsx";
import { playbackOptions } from "../../../../lib/playback-url.ts";
import { takeFrame } from "../../api/take-picture.ts";
import { formatMoment } from "../../rules/format-moment.ts";
import type { CoverPicture } from "../../rules/draft-cover.ts";

/** About one frame of a usual video. */
const STEP_S = 0.04;
const NUDGE_S = 0.2;
const NOT_SHOWN = "The browser cannot show this video. Upload a picture instead.";

interface FramePickerProps {
  videoId: string;
  /** Where it begins, milliseconds. */
  startMs: number;
  onPick: (picture: CoverPicture) => void;
}

/** The video, moved to a moment with a slider: the frame it then shows is picked. */
export function FramePicker({ videoId, startMs, onPick }: FramePickerProps) {
  const player = useRef<HTMLVideoElement>(null);
  const playback = useQuery(playbackOptions(videoId));
  const [duration, setDuration] = useState(0);
  const [moment, setMoment] = useState(startMs / 1000);
  const [problem, setProblem] = useState<string | null>(null);
  // The slider moves faster than a video seeks: the newest wish waits until the one before is shown.
  const wanted = useRef<number | null>(null);

  function seek(to: number) {
    const video = player.current;
    const at = Math.min(Math.max(to, 0), Math.max(0, duration - STEP_S));
    setMoment(at);
    if (!video) return;
    if (video.seeking) wanted.current = at;
    else video.currentTime = at;
  }

  async function onSeeked() {
    const video = player.current!;
    if (wanted.current !== null) {
      video.currentTime = wanted.current;
      wanted.current = null;
      return;
    }
    try {
      onPick(await takeFrame(video));
      setProblem(null);
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  useEffect(() => {
    if (playback.error) setProblem(playback.error.message);
  }, [playback.error]);

  const valueText = `${formatMoment(moment)} of ${formatMoment(duration)}`;
  return (
    <div className="grid gap-2">
      {problem && <Notice tone="warning" isUrgent>{problem}</Notice>}
      {!problem && duration === 0 && <Skeleton className="h-48 w-full rounded-lg" />}
      {playback.data && (
        <video
          ref={player}
          src={playback.data.url}
          crossOrigin="anonymous"
          muted
          playsInline
          preload="auto"
          aria-label="The frame that is shown"
          onLoadedMetadata={({ currentTarget }) => {
            // Of a file without an index nobody knows where a moment lies.
            if (!Number.isFinite(currentTarget.duration)) return setProblem(NOT_SHOWN);
            setDuration(currentTarget.duration);
            currentTarget.currentTime = Math.min(moment, Math.max(0, currentTarget.duration - STEP_S));
          }}
          onSeeked={onSeeked}
          onError={() => setProblem(NOT_SHOWN)}
          className={problem || duration === 0
            ? "hidden"
            : "max-h-48 w-full rounded-lg bg-black object-contain"}
        />
      )}
      {duration > 0 && (
        <div className="flex items-center gap-1.5">
          <Button
            size="icon-sm"
            look="quiet"
            aria-label="A little earlier"
            onClick={() => seek(moment - NUDGE_S)}
          >
            <ChevronLeft aria-hidden />
          </Button>
          <Slider
            label="Moment of the video"
            min={0}
            max={duration}
            step={STEP_S}
            value={moment}
            valueText={valueText}
            onChange={seek}
          />
          <Button
            size="icon-sm"
            look="quiet"
            aria-label="A little later"
            onClick={() => seek(moment + NUDGE_S)}
          >
            <ChevronRight aria-hidden />
          </Button>
          <span aria-hidden className="tabular shrink-0 text-xs text-ink-soft">{valueText}</span>
        </div>
      )}
    </div>
  );
}
