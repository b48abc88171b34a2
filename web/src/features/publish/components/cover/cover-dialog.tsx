import { useState } from "react";
import type { CoverShape } from "../../../../../../supabase/functions/_shared/contracts/covers.ts";
import type { Platform } from "../../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Button } from "../../../../components/ui/button.tsx";
import { Dialog } from "../../../../components/ui/dialog.tsx";
import { Segments } from "../../../../components/ui/segments.tsx";
import { PLATFORM_NAMES } from "../../../../lib/platform-names.ts";
import { useObjectUrl } from "../../../../lib/use-object-url.ts";
import { openCoverFolder } from "../../api/open-cover-folder.ts";
import { WHOLE } from "../../rules/crop.ts";
import {
  type CoverCrops,
  type CoverPicture,
  type DraftCover,
  shapeOf,
  shapesOf,
} from "../../rules/draft-cover.ts";
import { CropEditor } from "./crop-editor.tsx";
import { FramePicker } from "./frame-picker.tsx";
import { PictureInput } from "./picture-input.tsx";

interface CoverDialogProps {
  videoId: string;
  platforms: readonly Platform[];
  cover: DraftCover | null;
  onChange: (cover: DraftCover) => void;
  onClose: () => void;
}

/** Picks a frame of the video or a picture, and cuts it for each shape that is needed. */
export function CoverDialog({ videoId, platforms, cover, onChange, onClose }: CoverDialogProps) {
  const chosen = cover?.kind === "chosen" ? cover : null;
  const [source, setSource] = useState<"frame" | "file">(
    chosen && chosen.picture.atMs === null ? "file" : "frame",
  );
  const [picture, setPicture] = useState<CoverPicture | null>(chosen?.picture ?? null);
  const [crops, setCrops] = useState<CoverCrops>(chosen?.crops ?? { wide: WHOLE, tall: WHOLE });
  const url = useObjectUrl(picture?.blob ?? null);
  const shapes = shapesOf(platforms);
  const isOfSource = picture !== null && (picture.atMs !== null) === (source === "frame");

  function pick(next: CoverPicture) {
    // Another frame of the same video keeps its cut.
    const isSameSize = next.width === picture?.width && next.height === picture.height;
    if (!isSameSize) setCrops({ wide: WHOLE, tall: WHOLE });
    setPicture(next);
  }

  async function use() {
    if (!picture) return;
    onChange({ kind: "chosen", folder: await openCoverFolder(), picture, crops });
    onClose();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width="lg"
      title="Cover"
      description="What people see before the video plays."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!isOfSource} onClick={use}>Use this cover</Button>
        </>
      }
    >
      <div className="grid gap-4">
        {shapes.length > 0 && (
          <Segments
            label="Where the cover comes from"
            value={source}
            onChange={setSource}
            options={[
              { value: "frame", label: "Frame of the video" },
              { value: "file", label: "Own picture" },
            ]}
          />
        )}
        {source === "frame"
          ? <FramePicker videoId={videoId} startMs={picture?.atMs ?? 1000} onPick={pick} />
          : <PictureInput onPick={pick} />}
        {isOfSource && url && shapes.length > 0 && (
          <fieldset>
            <legend className="mb-1 font-[550]">How it is cut</legend>
            <p className="mb-3 text-xs text-ink-faint">
              Drag the picture in its frame, or use the arrow keys.
            </p>
            <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
              {shapes.map((shape) => (
                <CropEditor
                  key={shape}
                  shape={shape}
                  label={nameShape(shape, platforms)}
                  url={url}
                  picture={picture}
                  crop={crops[shape]}
                  onChange={(crop) => setCrops((before) => ({ ...before, [shape]: crop }))}
                />
              ))}
            </div>
          </fieldset>
        )}
        {platforms.includes("tiktok") && (
          <p className="text-xs text-ink-faint">
            {source === "frame"
              ? "TikTok shows this frame as it is."
              : "TikTok takes no picture of its own: it shows the first frame of the video."}
          </p>
        )}
      </div>
    </Dialog>
  );
}

const nameShape = (shape: CoverShape, platforms: readonly Platform[]) =>
  platforms.filter((platform) => shapeOf(platform) === shape).map((each) => PLATFORM_NAMES[each])
    .join(" and ");
