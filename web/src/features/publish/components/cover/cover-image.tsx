import { useQuery } from "@tanstack/react-query";
import {
  COVER_SHAPES,
  type CoverShape,
} from "../../../../../../supabase/functions/_shared/contracts/covers.ts";
import { cn } from "../../../../lib/cn.ts";
import { useObjectUrl } from "../../../../lib/use-object-url.ts";
import { coverUrlOptions } from "../../api/cover-url.ts";
import { WHOLE } from "../../rules/crop.ts";
import type { DraftCover } from "../../rules/draft-cover.ts";
import { CroppedImage } from "./cropped-image.tsx";

interface CoverImageProps {
  cover: DraftCover;
  shape: CoverShape;
  /** Its middle, whatever was cut. */
  isUncut?: boolean;
  className?: string;
}

/** A cover as it is cut for a shape; decoration beside the platform's name. */
export function CoverImage({ cover, shape, isUncut, className }: CoverImageProps) {
  const chosen = cover.kind === "chosen" ? cover : null;
  const ownUrl = useObjectUrl(chosen?.picture.blob ?? null);
  const path = cover.kind === "stored" ? cover.paths[shape] : undefined;
  const { data: storedUrl } = useQuery(coverUrlOptions(path));
  const size = COVER_SHAPES[shape];
  if (chosen && ownUrl) {
    const { picture, crops } = chosen;
    const crop = isUncut ? WHOLE : crops[shape];
    return <CroppedImage url={ownUrl} picture={picture} shape={size} crop={crop} className={className} />;
  }
  return (
    <span
      className={cn("block overflow-hidden bg-sunken", className)}
      style={{ aspectRatio: `${size.width} / ${size.height}` }}
    >
      {storedUrl && <img src={storedUrl} alt="" className="size-full object-cover" />}
    </span>
  );
}
