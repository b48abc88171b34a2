import { type DriveFile, toFile } from "./adapter.ts";
import type { GraphItem } from "./schema.ts";

/** What an item of a drive is to us. Only a `video` can become a video of ours. */
export type EntryKind = "folder" | "video" | "other_file" | "shared" | "package";

/** An item of a drive as the library shows and links it. */
export interface DriveEntry extends DriveFile {
  kind: EntryKind;
  mimeType: string;
  modifiedAt: string | null;
  /** Items inside; 0 for a file. */
  childCount: number;
}

/** Types by extension, for files OneDrive calls octet-stream. */
const VIDEO_TYPES: Record<string, string> = {
  mp4: "video/mp4",
  m4v: "video/x-m4v",
  mov: "video/quicktime",
  webm: "video/webm",
  mkv: "video/x-matroska",
  avi: "video/x-msvideo",
  wmv: "video/x-ms-wmv",
  mpg: "video/mpeg",
  mpeg: "video/mpeg",
  mts: "video/mp2t",
  m2ts: "video/mp2t",
  "3gp": "video/3gpp",
};

export function toDriveEntry(item: GraphItem): DriveEntry {
  return {
    ...toFile(item),
    kind: kindOf(item),
    mimeType: videoTypeOf(item) ?? item.file?.mimeType ?? "application/octet-stream",
    modifiedAt: item.lastModifiedDateTime ?? null,
    childCount: item.folder?.childCount ?? 0,
  };
}

/** A shared item has `remoteItem` beside the facet of what it stands for, so it is looked at first. */
function kindOf(item: GraphItem): EntryKind {
  if (item.remoteItem) return "shared";
  if (item.package) return "package";
  if (item.folder) return "folder";
  return item.file && videoTypeOf(item) !== null ? "video" : "other_file";
}

function videoTypeOf(item: GraphItem): string | null {
  const mimeType = item.file?.mimeType?.toLowerCase() ?? "";
  if (mimeType.startsWith("video/")) return mimeType;
  const extension = item.name.slice(item.name.lastIndexOf(".") + 1).toLowerCase();
  const isUnspecific = mimeType === "" || mimeType.startsWith("application/");
  if (isUnspecific && Object.hasOwn(VIDEO_TYPES, extension)) return VIDEO_TYPES[extension]!;
  return item.video ? "video/mp4" : null;
}
