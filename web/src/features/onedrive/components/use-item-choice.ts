import { useRef, useState } from "react";
import {
  type LibraryItem,
  MAX_LINKED_VIDEOS,
} from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";

/** The videos chosen so far, across folders. */
export function useItemChoice() {
  const [chosen, setChosen] = useState<ReadonlyMap<string, LibraryItem>>(
    new Map(),
  );
  const lastId = useRef<string | null>(null);

  /** Adds or removes all of them, as far as one call takes. */
  function set(items: readonly LibraryItem[], isChosen: boolean): void {
    setChosen((before) => {
      const after = new Map(before);
      for (const item of items) {
        if (!isChosen) after.delete(item.id);
        else if (after.size < MAX_LINKED_VIDEOS) after.set(item.id, item);
      }
      return after;
    });
  }

  return {
    chosen,
    set,
    isFull: chosen.size >= MAX_LINKED_VIDEOS,

    /** One video, or with `withRange` all from the one touched before. `open` are those that can be chosen, in order. */
    toggle(
      item: LibraryItem,
      open: readonly LibraryItem[],
      withRange: boolean,
    ): void {
      const at = open.findIndex(({ id }) => id === item.id);
      const from = open.findIndex(({ id }) => id === lastId.current);
      const range = withRange && from >= 0 ? open.slice(Math.min(at, from), Math.max(at, from) + 1) : [item];
      set(range, !chosen.has(item.id));
      lastId.current = item.id;
    },
  };
}
