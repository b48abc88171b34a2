import { Check, ChevronRight, Clapperboard, Folder } from "lucide-react";
import { useRef } from "react";
import type { LibraryItem } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { ImageWithFallback } from "../../../components/image-with-fallback.tsx";
import { Badge } from "../../../components/ui/badge.tsx";
import { cn } from "../../../lib/cn.ts";
import { count } from "../../../lib/count.ts";
import { formatBytes } from "../../../lib/format-bytes.ts";
import { formatWhen } from "../../../lib/format-date.ts";
import { formatDuration } from "../../../lib/format-duration.ts";

const ROW = "flex w-full items-center gap-3 rounded-lg px-2.5 py-2 text-left";

/** A folder to go into. */
export function FolderRow(
  { item, onEnter }: { item: LibraryItem; onEnter: () => void },
) {
  return (
    <button
      type="button"
      data-row
      onClick={onEnter}
      className={cn(ROW, "hover:bg-sunken focus-visible:-outline-offset-2")}
    >
      <span className="grid aspect-video w-18 shrink-0 place-items-center rounded-md bg-info-soft text-info">
        <Folder aria-hidden className="size-5 fill-current/20" />
      </span>
      <span className="min-w-0 grow">
        <span className="block truncate font-[550]">{item.name}</span>
        <span className="text-xs text-ink-faint">
          {item.child_count === 0 ? "Empty" : count(item.child_count, "item")}
        </span>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint" />
    </button>
  );
}

interface VideoRowProps {
  item: LibraryItem;
  isChosen: boolean;
  /** Why it cannot be chosen, or null. */
  taken: string | null;
  onToggle: (withRange: boolean) => void;
}

/** A video to choose: the whole row is the label of its box. */
export function VideoRow({ item, isChosen, taken, onToggle }: VideoRowProps) {
  // A label hands its click on to the box without telling which keys were held.
  const withShift = useRef(false);
  const noteShift = (event: { shiftKey: boolean }) => void (withShift.current = event.shiftKey);
  const facts = [
    formatBytes(item.size),
    item.width && item.height ? `${item.width}×${item.height}` : null,
    item.modified_at ? formatWhen(item.modified_at) : null,
  ].filter(Boolean);
  const content = (
    <>
      <ItemPicture
        url={item.thumbnail_url}
        durationMs={item.duration_ms}
        isFaint={taken !== null}
      />
      <span className="min-w-0 grow">
        <span
          className={cn(
            "block truncate",
            taken ? "text-ink-soft" : "font-[550]",
          )}
          title={item.name}
        >
          {item.name}
        </span>
        <span className="tabular block truncate text-xs text-ink-faint">
          {facts.join(" · ")}
        </span>
      </span>
    </>
  );
  if (taken) {
    return (
      <div className={ROW}>
        {content}
        <Badge tone={taken === "Added" ? "success" : "neutral"}>{taken}</Badge>
      </div>
    );
  }
  return (
    <label
      onPointerDown={noteShift}
      onKeyDown={noteShift}
      className={cn(
        ROW,
        "select-none has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-ring",
        isChosen ? "bg-spark-soft" : "hover:bg-sunken",
      )}
    >
      {content}
      <span className="relative grid size-5 shrink-0 place-items-center">
        <input
          type="checkbox"
          data-row
          checked={isChosen}
          onChange={() => onToggle(withShift.current)}
          className="peer size-full appearance-none rounded-full bg-surface ring-1 ring-line-strong outline-none ring-inset checked:bg-primary checked:ring-primary"
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute size-3 text-on-primary opacity-0 peer-checked:opacity-100"
        />
      </span>
    </label>
  );
}

interface ItemPictureProps {
  url: string | null;
  durationMs: number | null;
  isFaint: boolean;
}

function ItemPicture({ url, durationMs, isFaint }: ItemPictureProps) {
  return (
    <span
      className={cn(
        "relative grid aspect-video w-18 shrink-0 place-items-center overflow-hidden rounded-md bg-[oklch(0.26_0.02_165)] text-[oklch(0.7_0.03_150)]",
        isFaint && "opacity-60",
      )}
    >
      <ImageWithFallback
        url={url}
        className="absolute inset-0 size-full object-cover"
        fallback={<Clapperboard aria-hidden className="size-4.5" />}
      />
      {durationMs !== null && (
        <span className="tabular absolute right-1 bottom-1 rounded-sm bg-black/75 px-1 text-[0.625rem] leading-3.5 font-[550] text-white">
          {formatDuration(durationMs)}
        </span>
      )}
    </span>
  );
}
