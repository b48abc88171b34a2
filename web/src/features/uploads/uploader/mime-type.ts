const TYPE_OF_EXTENSION: Readonly<Record<string, string>> = {
  "3gp": "video/3gpp",
  avi: "video/x-msvideo",
  m2ts: "video/mp2t",
  m4v: "video/x-m4v",
  mkv: "video/x-matroska",
  mov: "video/quicktime",
  mp4: "video/mp4",
  mpeg: "video/mpeg",
  mpg: "video/mpeg",
  mts: "video/mp2t",
  ogv: "video/ogg",
  webm: "video/webm",
  wmv: "video/x-ms-wmv",
};

/** The media type of a picked file. Browsers leave it empty for containers they do not know; then the name tells. */
export function mimeTypeOf(file: { name: string; type: string }): string {
  const bare = file.type.split(";")[0]!.trim();
  if (/^[\w.+-]+\/[\w.+-]+$/.test(bare)) return bare;
  const extension = file.name.split(".").at(-1)!.toLowerCase();
  return TYPE_OF_EXTENSION[extension] ?? "application/octet-stream";
}
