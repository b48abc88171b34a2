import { FolderOpen, SearchX } from "lucide-react";
import type { ComponentProps } from "react";
import type { LibraryItem } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { ShowMore } from "../../../components/show-more.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { whyTaken } from "../api/choose-items.ts";
import { FolderRow, VideoRow } from "./library-row.tsx";
import { moveRowFocus } from "./move-row-focus.ts";

interface LibraryListProps {
  label: string;
  /** Undefined while they are on their way. */
  items: readonly LibraryItem[] | undefined;
  productId: string | null;
  isChosen: (item: LibraryItem) => boolean;
  isSearching: boolean;
  onEnter: (folder: LibraryItem) => void;
  onToggle: (item: LibraryItem, withRange: boolean) => void;
  /** The query they come from. */
  list: ComponentProps<typeof ShowMore>["list"];
}

/** The folders and videos of one folder. */
export function LibraryList(props: LibraryListProps) {
  const { label, items, productId } = props;
  if (!items) {
    return (
      <div aria-busy className="grid gap-2 p-2.5">
        <span className="sr-only">Loading</span>
        {[1, 2, 3, 4, 5].map((row) => (
          <div key={row} className="flex items-center gap-3">
            <Skeleton className="aspect-video w-18 rounded-md" />
            <Skeleton className="h-4 w-1/2" />
          </div>
        ))}
      </div>
    );
  }
  const isEmpty = items.length === 0 && !props.list.hasNextPage;
  const EmptyIcon = props.isSearching ? SearchX : FolderOpen;
  return (
    <>
      {isEmpty && (
        <div className="grid h-full min-h-48 place-content-center justify-items-center gap-2 px-6 text-center text-ink-soft">
          <EmptyIcon aria-hidden className="size-6 text-ink-faint" />
          {props.isSearching
            ? "Nothing in this folder has that name."
            : "No folders or videos in here. Other files are not shown."}
        </div>
      )}
      <ul
        aria-label={label}
        onKeyDown={moveRowFocus}
        className="grid gap-0.5 p-1.5 empty:hidden"
      >
        {items.map((item) => (
          <li key={item.id}>
            {item.kind === "folder"
              ? <FolderRow item={item} onEnter={() => props.onEnter(item)} />
              : (
                <VideoRow
                  item={item}
                  isChosen={props.isChosen(item)}
                  taken={whyTaken(item, productId)}
                  onToggle={(withRange) => props.onToggle(item, withRange)}
                />
              )}
          </li>
        ))}
      </ul>
      <div className="grid pb-3 empty:hidden">
        <ShowMore list={props.list} size="sm" />
      </div>
    </>
  );
}
