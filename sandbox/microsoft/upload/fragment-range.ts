import { GraphFailure, invalidRequest } from "../graph-failure.ts";
import type { UploadSession } from "./upload-session.ts";

/** Every fragment but the last is a multiple of this, in bytes. */
export const FRAGMENT_UNIT = 320 * 1024;
/** Fragments are smaller than this, in bytes. */
const FRAGMENT_LIMIT = 60 * 1024 * 1024;

export interface FragmentRange {
  start: number;
  /** Exclusive. */
  end: number;
  total: number;
  isLast: boolean;
}

/** Reads and judges the headers of a fragment. Throws 400, 411, 413 or 416 as the real hosts do. */
export function readFragmentRange(headers: Headers, session: UploadSession): FragmentRange {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(headers.get("content-range") ?? "");
  if (match === null) throw invalidRequest("The Content-Range header is missing or malformed.");
  const [start, last, total] = match.slice(1).map(Number) as [number, number, number];
  const end = last + 1;
  if (end <= start || end > total) throw invalidRequest("The Content-Range header is malformed.");
  if (session.total !== null && session.total !== total) {
    throw invalidRequest("The declared total differs from the session's.", "fragmentLengthMismatch");
  }
  const length = headers.get("content-length");
  if (length === null) throw new GraphFailure(411, "lengthRequired", "Content-Length is required.");
  if (Number(length) >= FRAGMENT_LIMIT) {
    throw new GraphFailure(413, "invalidRequest", "The fragment is too large.", {
      inner: "maxFragmentLengthExceeded",
    });
  }
  if (Number(length) !== end - start) {
    throw invalidRequest("The Content-Length differs from the range.", "fragmentLengthMismatch");
  }
  if (start !== session.nextOffset) {
    const inner = start < session.nextOffset ? "fragmentOverlap" : "fragmentOutOfOrder";
    throw new GraphFailure(416, "invalidRange", "The uploaded fragment is not the expected one.", { inner });
  }
  return { start, end, total, isLast: end === total };
}
