import {
  COVER_BUCKET,
  COVER_SHAPES,
  type CoverShape,
  MAX_COVER_BYTES,
} from "../../../../../supabase/functions/_shared/contracts/covers.ts";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { supabase } from "../../../lib/supabase.ts";
import { cropArea } from "../rules/crop.ts";
import { coverPath, type DraftCover } from "../rules/draft-cover.ts";
import { toJpeg } from "./take-picture.ts";

const QUALITIES = [0.9, 0.8, 0.65, 0.5];

/**
 * Cuts a cover to the shapes that are needed and stores the cuts. What is stored already stays as it is, so that a
 * request made again finds the same.
 */
export async function storeCover(cover: DraftCover | null, shapes: readonly CoverShape[]): Promise<void> {
  if (cover?.kind !== "chosen") return;
  const bitmap = await createImageBitmap(cover.picture.blob);
  try {
    await Promise.all(shapes.map(async (shape) => {
      const blob = await cut(bitmap, cover, shape);
      const { error } = await supabase.storage
        .from(COVER_BUCKET)
        .upload(coverPath(cover, shape)!, blob, { contentType: "image/jpeg", upsert: false });
      if (error && !isStoredAlready(error)) {
        throw new ApiFailure("cover_not_stored", "The cover could not be stored. Try again in a moment.", 0);
      }
    }));
  } finally {
    bitmap.close();
  }
}

async function cut(
  bitmap: ImageBitmap,
  { picture, crops }: Extract<DraftCover, { kind: "chosen" }>,
  shape: CoverShape,
): Promise<Blob> {
  const size = COVER_SHAPES[shape];
  const { left, top, width, height } = cropArea(picture, size, crops[shape]);
  const canvas = document.createElement("canvas");
  canvas.width = size.width;
  canvas.height = size.height;
  canvas.getContext("2d")!.drawImage(bitmap, left, top, width, height, 0, 0, size.width, size.height);
  let blob = await toJpeg(canvas, QUALITIES[0]!);
  for (const quality of QUALITIES.slice(1)) {
    if (blob.size <= MAX_COVER_BYTES) break;
    blob = await toJpeg(canvas, quality);
  }
  return blob;
}

const isStoredAlready = (error: { message: string; statusCode?: string; status?: number }) =>
  error.statusCode === "409" || error.status === 409 || /already exists/i.test(error.message);
