import type { FragmentVerdict } from "./fragment-answer.ts";
import { problem } from "./upload-problem.ts";

/**
 * Where to go on after an answer to the fragment [offset, end) of a file of `size` bytes. Throws UploadProblem when
 * the answer does not move the upload on.
 */
export function readNextOffset(
  verdict: FragmentVerdict,
  { offset, end, size }: { offset: number; end: number; size: number },
): number {
  switch (verdict.kind) {
    case "done":
      if (end < size) throw problem("refused", "onedrive_refused");
      return size;
    case "stored": {
      const next = verdict.nextOffset;
      if (next === null || next <= offset || next > size) throw problem("refused", "onedrive_refused");
      return next;
    }
    case "throttled":
      throw problem("throttled", "throttled", verdict.retryAfterMs);
    case "failed":
      throw problem(end === size ? "uncommitted" : "interrupted", "onedrive_failed");
    case "full":
      throw problem("fatal", "quota_exceeded");
    // The server knows whether the bytes can become a file of another name, or have to be sent again.
    case "name_taken":
      throw problem("refused", "name_taken");
    case "locked":
      throw problem("refused", "file_locked");
    case "too_large":
    case "refused":
      throw problem("refused", "onedrive_refused");
  }
}
