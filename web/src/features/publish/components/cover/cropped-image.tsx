import { cn } from "../../../../lib/cn.ts";
import { type Crop, cropArea, type Size } from "../../rules/crop.ts";

interface CroppedImageProps {
  url: string;
  picture: Size;
  /** Of the frame; only its proportions count. */
  shape: Size;
  crop: Crop;
  className?: string;
}

/** A part of a picture, as large as its frame; decoration beside the words that name it. */
export function CroppedImage({ url, picture, shape, crop, className }: CroppedImageProps) {
  const { left, top, width, height } = cropArea(picture, shape, crop);
  const share = (part: number, whole: number) => `${(part / whole) * 100}%`;
  return (
    <span
      className={cn("relative block overflow-hidden bg-black", className)}
      style={{ aspectRatio: `${shape.width} / ${shape.height}` }}
    >
      <img
        src={url}
        alt=""
        draggable={false}
        className="absolute max-w-none select-none"
        style={{
          width: share(picture.width, width),
          height: share(picture.height, height),
          left: share(-left, width),
          top: share(-top, height),
        }}
      />
    </span>
  );
}
