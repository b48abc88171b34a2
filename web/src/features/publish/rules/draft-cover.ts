import { COVER_SHAPES, type CoverShape } from "../../../../../supabase/functions/_shared/contracts/covers.ts";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import type { Crop, Size } from "./crop.ts";

/** A picture somebody has chosen, before it is cut. */
export interface CoverPicture extends Size {
  blob: Blob;
  /** The moment of the video it shows, milliseconds; null for a picture of its own. */
  atMs: number | null;
}

export type CoverCrops = Record<CoverShape, Crop>;

/** The cover of a post that is being filled in. */
export type DraftCover =
  | {
    kind: "chosen";
    /** Where its cuts are stored. A new one with every change: a post keeps what it was made with. */
    folder: string;
    picture: CoverPicture;
    crops: CoverCrops;
  }
  /** Of a post that exists. */
  | { kind: "stored"; paths: Partial<Record<CoverShape, string>>; atMs: number | null };

const SHAPES = Object.keys(COVER_SHAPES) as CoverShape[];

/** The shape a platform shows covers in; null where it takes a frame of the video alone. */
export const shapeOf = (platform: Platform): CoverShape | null =>
  platform === "tiktok" ? null : platform === "youtube" ? "wide" : "tall";

/** The shapes some platforms need, each once. */
export const shapesOf = (platforms: readonly Platform[]): CoverShape[] =>
  SHAPES.filter((shape) => platforms.some((platform) => shapeOf(platform) === shape));

/** Where a cut of a cover is or will be stored; undefined without one. */
export function coverPath(cover: DraftCover | null, shape: CoverShape): string | undefined {
  if (cover === null) return undefined;
  return cover.kind === "stored" ? cover.paths[shape] : `${cover.folder}/${shape}.jpg`;
}

/** The frame of the video that is the cover, milliseconds; undefined for none. */
export function coverOffset(cover: DraftCover | null): number | undefined {
  const atMs = cover === null ? null : cover.kind === "stored" ? cover.atMs : cover.picture.atMs;
  return atMs ?? undefined;
}
