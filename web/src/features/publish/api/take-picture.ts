import { MIN_COVER_SIDE } from "../../../../../supabase/functions/_shared/contracts/covers.ts";
import type { CoverPicture } from "../rules/draft-cover.ts";

const MAX_FILE_BYTES = 20 * 1024 * 1024;
const MAX_SIDE = 2560;
const JPEG_QUALITY = 0.92;

/** A picture that cannot become a cover; the message says why and what to do. */
export class PictureRefused extends Error {
  override readonly name = "PictureRefused";
}

/** The frame a video shows right now. Throws PictureRefused where the browser does not give it out. */
export async function takeFrame(video: HTMLVideoElement): Promise<CoverPicture> {
  const { videoWidth, videoHeight, currentTime } = video;
  const blob = await draw(video, videoWidth, videoHeight).catch(() => null);
  if (!blob) {
    throw new PictureRefused("This browser cannot take a frame of this video. Upload a picture instead.");
  }
  return { ...blob, atMs: Math.round(currentTime * 1000) };
}

/** A JPG or PNG from the disk, turned as it is shown. Throws PictureRefused for what cannot become a cover. */
export async function takeFile(file: Blob): Promise<CoverPicture> {
  if (!["image/jpeg", "image/png"].includes(file.type)) {
    throw new PictureRefused("Choose a JPG or PNG picture.");
  }
  if (file.size > MAX_FILE_BYTES) throw new PictureRefused("Choose a picture of at most 20 MB.");
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new PictureRefused("This picture cannot be read. Choose another one.");
  });
  try {
    if (Math.min(bitmap.width, bitmap.height) < MIN_COVER_SIDE) {
      throw new PictureRefused(`Choose a picture of at least ${MIN_COVER_SIDE} pixels a side.`);
    }
    return { ...(await draw(bitmap, bitmap.width, bitmap.height)), atMs: null };
  } finally {
    bitmap.close();
  }
}

/** As JPEG, no larger than a cover ever needs. */
async function draw(source: CanvasImageSource, sourceWidth: number, sourceHeight: number) {
  const scale = Math.min(1, MAX_SIDE / Math.max(sourceWidth, sourceHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(sourceWidth * scale);
  canvas.height = Math.round(sourceHeight * scale);
  const paper = canvas.getContext("2d")!;
  // What a PNG leaves clear.
  paper.fillStyle = "white";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(source, 0, 0, canvas.width, canvas.height);
  return { blob: await toJpeg(canvas, JPEG_QUALITY), width: canvas.width, height: canvas.height };
}

/** Throws PictureRefused when the browser does not make one, for example of a canvas without any size. */
export function toJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => blob ? resolve(blob) : reject(new PictureRefused("This picture cannot be read.")),
      "image/jpeg",
      quality,
    );
  });
}
