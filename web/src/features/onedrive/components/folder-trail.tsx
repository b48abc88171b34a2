import { ChevronRight } from "lucide-react";
import { Fragment } from "react";

interface FolderTrailProps {
  trail: readonly { id: string; name: string }[];
  /** Goes back to the folder at `depth`; 0 is the top. */
  onJump: (depth: number) => void;
}

/** The way from the top of the drive to where one is. */
export function FolderTrail({ trail, onJump }: FolderTrailProps) {
  return (
    <nav aria-label="Folder path" className="flex min-w-0 items-center gap-1 overflow-hidden">
      {[{ id: "", name: "OneDrive" }, ...trail].map((folder, depth, all) => (
        <Fragment key={folder.id}>
          {depth > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />}
          {depth === all.length - 1
            ? <span aria-current="location" className="truncate font-[550]">{folder.name}</span>
            : (
              <button
                type="button"
                onClick={() => onJump(depth)}
                className="min-w-8 truncate rounded text-ink-soft hover:text-ink hover:underline focus-visible:-outline-offset-1"
              >
                {folder.name}
              </button>
            )}
        </Fragment>
      ))}
    </nav>
  );
}
