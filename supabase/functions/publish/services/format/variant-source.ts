import type { VideoSource } from "../../platforms/platform-adapter.ts";
import type { PublishDeps } from "../deps.ts";

/** A converted file as it lies in our bucket. */
export interface StoredVariant {
  objectPath: string;
  sizeBytes: number;
}

/** The bytes of a variant, where a platform takes them from instead of the original's. */
export function openVariantSource(
  deps: Pick<PublishDeps, "objectRanges" | "stagedCopies">,
  { objectPath, sizeBytes }: StoredVariant,
  filename: string,
): VideoSource {
  const { bucket } = deps.stagedCopies;
  return {
    sizeBytes,
    mimeType: "video/mp4",
    filename,
    read: (start, end) => deps.objectRanges.read(bucket, objectPath, start, end),
    open: (start, end) => deps.objectRanges.open(bucket, objectPath, start, end),
  };
}
