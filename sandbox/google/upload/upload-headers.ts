import { badRequest } from "../google-failure.ts";

/** 256 GB, the largest video. */
const MAX_BYTES = 256 * 1024 ** 3;
const OCTET_STREAM = "application/octet-stream";

/** The media type of a video to be uploaded; `video/*` and octet streams are taken. Throws 400 badContent. */
export function readVideoType(header: string | null): string {
  const type = (header ?? OCTET_STREAM).split(";")[0]!.trim().toLowerCase();
  if (type.startsWith("video/") || type === OCTET_STREAM) return type;
  const message = `Media type '${type}' is not supported. Valid media types: [video/*, ${OCTET_STREAM}]`;
  throw badRequest(message, "badContent");
}

/** A declared length in bytes; null when none was. Throws 400. */
export function readDeclaredLength(header: string | null): number | null {
  if (header === null) return null;
  if (!/^\d{1,15}$/.test(header.trim())) throw badRequest("Invalid value for X-Upload-Content-Length.");
  const length = Number(header);
  if (length > MAX_BYTES) throw badRequest("The file is too large.", "uploadTooLarge");
  return length;
}

/** Whether subscribers are told of a new video; they are unless the caller says otherwise. */
export function notifiesSubscribers(query: URLSearchParams): boolean {
  return query.get("notifySubscribers") !== "false";
}
