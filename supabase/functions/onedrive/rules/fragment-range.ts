import { MAX_RELAYED_FRAGMENT_BYTES } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";

/** Bytes [start, end) of a file of `total` bytes. */
export interface FragmentRange {
  start: number;
  end: number;
  total: number;
}

/**
 * Reads a Content-Range such as "bytes 0-9/10" for a file of `sizeBytes`. A range outside the file, or another total,
 * is `invalid_request`; more than the relay holds at a time is `body_too_large`.
 */
export function readFragmentRange(
  contentRange: string,
  sizeBytes: number,
): FragmentRange {
  const match = /^bytes (\d{1,12})-(\d{1,12})\/(\d{1,12})$/.exec(contentRange);
  const [start, last, total] = (match ?? []).slice(1).map(Number);
  const isInside = start !== undefined && start <= last! && last! < total! &&
    total === sizeBytes;
  if (!isInside) {
    throw new AppError("invalid_request", {
      details: [{
        path: "content-range",
        message: `The range does not fit a file of ${sizeBytes} bytes.`,
      }],
    });
  }
  const range = { start: start!, end: last! + 1, total: total! };
  if (range.end - range.start > MAX_RELAYED_FRAGMENT_BYTES) {
    throw new AppError("body_too_large");
  }
  return range;
}
