import { ZoomIn, ZoomOut } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useId, useRef } from "react";
import {
  COVER_SHAPES,
  type CoverShape,
} from "../../../../../../supabase/functions/_shared/contracts/covers.ts";
import { Slider } from "../../../../components/ui/slider.tsx";
import { cn } from "../../../../lib/cn.ts";
import { type Crop, MAX_ZOOM, moveCrop, type Size, zoomCrop } from "../../rules/crop.ts";
import { CroppedImage } from "./cropped-image.tsx";

interface CropEditorProps {
  shape: CoverShape;
  /** Where this cut is shown, for example "YouTube". */
  label: string;
  url: string;
  picture: Size;
  crop: Crop;
  onChange: (crop: Crop) => void;
}

const STEP = 0.02;
const LARGE_STEP = 0.1;
const ZOOM_STEP = 0.1;
const DIRECTIONS: Record<string, { x: number; y: number } | undefined> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** A picture that is moved behind a frame by dragging or with the arrow keys, and zoomed. */
export function CropEditor({ shape, label, url, picture, crop, onChange }: CropEditorProps) {
  const hintId = useId();
  const dragged = useRef<{ x: number; y: number } | null>(null);
  const size = COVER_SHAPES[shape];
  const isTall = shape === "tall";
  const move = (by: { x: number; y: number }) => onChange(moveCrop(picture, size, crop, by));
  const zoom = (to: number) => onChange(zoomCrop(picture, size, crop, to));

  function onKeyDown(event: KeyboardEvent) {
    const direction = DIRECTIONS[event.key];
    const zoomBy = { "+": ZOOM_STEP, "=": ZOOM_STEP, "-": -ZOOM_STEP }[event.key];
    if (direction) {
      const step = event.shiftKey ? LARGE_STEP : STEP;
      move({ x: direction.x * step, y: direction.y * step });
    } else if (zoomBy !== undefined) zoom(crop.zoom + zoomBy);
    else return;
    event.preventDefault();
  }

  function onPointerMove({ clientX, clientY, currentTarget }: PointerEvent) {
    if (!dragged.current) return;
    const { x, y } = dragged.current;
    dragged.current = { x: clientX, y: clientY };
    move({
      x: (clientX - x) / currentTarget.clientWidth,
      y: (clientY - y) / currentTarget.clientHeight,
    });
  }

  return (
    <div
      className={cn(
        "grid content-start gap-2",
        isTall ? "w-30 max-sm:w-40" : "w-full max-w-88 max-sm:max-w-none",
      )}
    >
      <p className="text-xs font-[550] whitespace-nowrap text-ink-soft">{label}</p>
      <div
        role="application"
        aria-roledescription="movable picture"
        aria-label={`Cut for ${label}`}
        aria-describedby={hintId}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={({ clientX, clientY, currentTarget, pointerId }) => {
          currentTarget.setPointerCapture(pointerId);
          dragged.current = { x: clientX, y: clientY };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => dragged.current = null}
        onPointerCancel={() => dragged.current = null}
        className="touch-none cursor-grab overflow-hidden rounded-lg ring-1 ring-line-strong active:cursor-grabbing"
      >
        <CroppedImage url={url} picture={picture} shape={size} crop={crop} />
      </div>
      <p id={hintId} className="sr-only">
        Move it with the arrow keys, with Shift in larger steps; plus and minus zoom.
      </p>
      <div className="flex items-center gap-2 text-ink-faint">
        <ZoomOut aria-hidden className="size-4 shrink-0" />
        <Slider
          label={`Zoom for ${label}`}
          min={1}
          max={MAX_ZOOM}
          step={ZOOM_STEP}
          value={crop.zoom}
          valueText={`${crop.zoom.toFixed(1)} times`}
          onChange={zoom}
        />
        <ZoomIn aria-hidden className="size-4 shrink-0" />
      </div>
    </div>
  );
}
