import { Megaphone, X } from "lucide-react";
import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { Button } from "../../../components/ui/button.tsx";
import { count } from "../../../lib/count.ts";
import { canPublish, type VideoSelection } from "./use-video-selection.ts";

interface SelectionBarProps {
  selection: VideoSelection;
  /** All videos of the page. */
  shown: readonly Video[];
  /** More than can be published at once. */
  max: number;
  onPublish: () => void;
}

/** What can be done with the chosen videos; in view for as long as there are any. */
export function SelectionBar({ selection, shown, max, onPublish }: SelectionBarProps) {
  const amount = selection.ids.size;
  const isAll = shown.filter(canPublish).every(({ id }) => selection.ids.has(id));
  return (
    <>
      <p role="status" className="sr-only">{amount > 0 && `${count(amount, "video")} chosen`}</p>
      {amount > 0 && (
        <section
          aria-label="Chosen videos"
          className="sticky bottom-20 z-20 flex animate-rise flex-wrap items-center gap-x-3 gap-y-2 justify-self-stretch rounded-2xl bg-surface px-3 py-2.5 shadow-float ring-1 ring-line-strong sm:justify-self-center sm:pl-5 lg:bottom-6"
        >
          <p className="tabular font-[570] max-sm:grow max-sm:pl-1">{count(amount, "video")} chosen</p>
          <Button look="quiet" onClick={() => selection.toggleAll(shown)}>
            {isAll ? "Choose none" : "Choose all shown"}
          </Button>
          <Button look="primary" disabled={amount > max} className="max-sm:grow" onClick={onPublish}>
            <Megaphone aria-hidden /> Publish {count(amount, "video")}
          </Button>
          <Button
            look="quiet"
            size="icon"
            aria-label="Choose none"
            className="max-sm:hidden"
            onClick={selection.clear}
          >
            <X aria-hidden />
          </Button>
          {amount > max && (
            <p role="alert" className="basis-full text-xs text-danger">At most {max} videos at once.</p>
          )}
        </section>
      )}
    </>
  );
}
