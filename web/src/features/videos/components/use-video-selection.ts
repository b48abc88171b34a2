import { useState } from "react";
import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";

export interface VideoSelection {
  ids: ReadonlySet<string>;
  /** @param isRange everything between the last one chosen and this one */
  toggle: (video: Video, isRange: boolean) => void;
  /** Chooses all of these, or none of them when all are chosen. */
  toggleAll: (videos: readonly Video[]) => void;
  clear: () => void;
}

/** True for a video that can be posted. */
export const canPublish = (video: Video): boolean =>
  video.upload_status === "complete" && video.unreachable_at === null;

/**
 * Which videos are chosen for something done to many.
 * @param shown in the order of the page; what is not among them is not chosen any more
 */
export function useVideoSelection(shown: readonly Video[]): VideoSelection & { videos: Video[] } {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [lastId, setLastId] = useState<string | null>(null);
  const videos = shown.filter((video) => chosen.has(video.id) && canPublish(video));
  const ids = new Set(videos.map(({ id }) => id));

  const toggle = (video: Video, isRange: boolean) => {
    const next = new Set(ids);
    const isAdding = !next.has(video.id);
    for (const { id } of isRange ? between(shown, lastId, video.id) : [video]) {
      if (isAdding) next.add(id);
      else next.delete(id);
    }
    setLastId(video.id);
    setChosen(next);
  };
  const toggleAll = (all: readonly Video[]) => {
    const takes = all.filter(canPublish);
    setChosen(takes.every(({ id }) => ids.has(id)) ? new Set() : new Set(takes.map(({ id }) => id)));
  };
  return { videos, ids, toggle, toggleAll, clear: () => setChosen(new Set()) };
}

function between(shown: readonly Video[], fromId: string | null, toId: string): Video[] {
  const at = shown.findIndex(({ id }) => id === toId);
  const from = shown.findIndex(({ id }) => id === fromId);
  if (from < 0) return shown.slice(at, at + 1);
  return shown.slice(Math.min(from, at), Math.max(from, at) + 1).filter(canPublish);
}
