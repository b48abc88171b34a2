import { ImagePlus } from "lucide-react";
import { useState } from "react";
import type { Platform } from "../../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Button } from "../../../../components/ui/button.tsx";
import type { PostDraft } from "../../rules/post-draft.ts";
import { CoverDialog } from "./cover-dialog.tsx";
import { CoverPreviews } from "./cover-previews.tsx";

interface CoverFieldsProps {
  draft: PostDraft;
  videoId: string;
  platforms: readonly Platform[];
  onChange: (change: Partial<PostDraft>) => void;
}

/** The cover of a post: none, or a frame or picture and how every platform shows it. */
export function CoverFields({ draft, videoId, platforms, onChange }: CoverFieldsProps) {
  const [isOpen, setOpen] = useState(false);
  const { cover } = draft;
  return (
    <fieldset className="rounded-xl bg-paper p-4 ring-1 ring-line ring-inset">
      <legend className="float-left mb-3 w-full font-[600]">
        Cover <span className="font-normal text-ink-faint">(optional)</span>
      </legend>
      <div className="clear-both grid gap-4">
        {cover
          ? <CoverPreviews cover={cover} platforms={platforms} title={draft.title} />
          : (
            <p className="text-ink-soft">
              Without one, every platform picks a frame of the video by itself.
            </p>
          )}
        {cover && platforms.includes("youtube") && (
          <p className="text-xs text-ink-faint">
            YouTube shows it in search and on your channel, once the video is processed. Channels without a
            verified phone number keep YouTube's own choice.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => setOpen(true)}>
            {!cover && <ImagePlus aria-hidden />}
            {cover === null
              ? "Choose a cover"
              : cover.kind === "chosen"
              ? "Change the cover"
              : "Choose another"}
          </Button>
          {cover && (
            <Button size="sm" look="quiet" onClick={() => onChange({ cover: null })}>Remove the cover</Button>
          )}
        </div>
      </div>
      {isOpen && (
        <CoverDialog
          videoId={videoId}
          platforms={platforms}
          cover={cover}
          onChange={(next) => onChange({ cover: next })}
          onClose={() => setOpen(false)}
        />
      )}
    </fieldset>
  );
}
