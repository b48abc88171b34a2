import { ChevronDown, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Progress } from "../../../components/ui/progress.tsx";
import { cn } from "../../../lib/cn.ts";
import { summarizeUploads } from "../api/summarize-uploads.ts";
import { UploadRows } from "./upload-rows.tsx";
import { useUploads } from "./use-uploads.ts";

/** The uploads on every page, in a corner. Those of the product whose page is open are shown there instead. */
export function UploadTray({ shownProductId }: { shownProductId: string | undefined }) {
  const { uploads, uploader } = useUploads();
  const [isOpen, setOpen] = useState(true);
  const listed = uploads.filter(({ productId }) => !shownProductId || productId !== shownProductId);
  if (listed.length === 0) return null;
  const { title, progress, isOver } = summarizeUploads(listed);

  return (
    <section
      aria-label="Uploads"
      className="fixed inset-x-3 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-30 animate-rise overflow-hidden rounded-xl bg-surface shadow-float ring-1 ring-line sm:left-auto sm:w-96 lg:right-5 lg:bottom-5"
    >
      <header className="relative flex items-center gap-1 py-2 pr-2 pl-4">
        <h2 className="tabular grow text-sm">
          {title}
          {!isOver && <span className="ml-2 font-normal text-ink-faint">{Math.floor(progress * 100)} %</span>}
        </h2>
        <Button
          look="quiet"
          size="icon-sm"
          aria-label={isOpen ? "Fold the uploads" : "Unfold the uploads"}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronDown aria-hidden className={cn("transition-transform", !isOpen && "rotate-180")} />
        </Button>
        {isOver && (
          <Button
            look="quiet"
            size="icon-sm"
            aria-label="Clear the list"
            onClick={() => listed.forEach(({ id }) => uploader.dismiss(id))}
          >
            <X aria-hidden />
          </Button>
        )}
      </header>
      {!isOpen && !isOver && <Progress label="All uploads" value={progress} className="rounded-none" />}
      {isOpen && (
        <div className="max-h-[min(22rem,45dvh)] overflow-y-auto border-t">
          <UploadRows uploads={listed} />
        </div>
      )}
    </section>
  );
}
