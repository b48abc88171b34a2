import { AppError } from "../../_shared/core/app-error.ts";

/** Browsers that do not know a container call it octet-stream. */
const UNSPECIFIC_TYPES = ["application/octet-stream", "application/mp4", "application/x-matroska"];

/** Refuses files that are surely not videos. */
export function requireVideoType(mimeType: string): void {
  const type = mimeType.toLowerCase();
  if (!type.startsWith("video/") && !UNSPECIFIC_TYPES.includes(type)) {
    throw new AppError("unsupported_file_type");
  }
}
