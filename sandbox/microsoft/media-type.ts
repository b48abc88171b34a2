const TYPES: Record<string, string> = {
  mp4: "video/mp4",
  m4v: "video/x-m4v",
  mov: "video/quicktime",
  webm: "video/webm",
  mkv: "video/x-matroska",
  avi: "video/x-msvideo",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  txt: "text/plain",
  json: "application/json",
  pdf: "application/pdf",
};

/** The media type OneDrive gives a file, by its extension; it ignores what the uploader said. */
export function mediaTypeOf(name: string): string {
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return TYPES[extension] ?? "application/octet-stream";
}

/** Whether OneDrive makes thumbnails for a file of this type. */
export function hasThumbnails(mediaType: string): boolean {
  return mediaType.startsWith("video/") || mediaType.startsWith("image/");
}
