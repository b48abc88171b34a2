import { z } from "zod";

/** Bucket of the covers; its size limit is the same number. */
export const COVER_BUCKET = "covers";
export const MAX_COVER_BYTES = 2 * 1024 * 1024;

/** Shapes that covers are cut to, in pixels: YouTube shows the wide one, Instagram and Facebook the tall one. */
export const COVER_SHAPES = {
  wide: { width: 1280, height: 720 },
  tall: { width: 1080, height: 1920 },
} as const;

/** Pixels of a side; every platform takes what lies between. */
export const MIN_COVER_SIDE = 320;
export const MAX_COVER_SIDE = 4096;

/** Path of an object in bucket `covers`: the user, the cover, the shape. */
export const coverPathSchema = z
  .string()
  .regex(/^[0-9a-f-]{36}\/[0-9a-f-]{36}\/[a-z]{1,20}\.(jpg|png)$/, "is not the path of a cover");

/** A frame of the video that is its cover, milliseconds from the beginning. */
export const coverOffsetSchema = z.number().int().min(0).max(15 * 60_000);

export type CoverShape = keyof typeof COVER_SHAPES;
