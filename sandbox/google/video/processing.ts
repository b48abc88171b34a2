import { isForeignFile } from "../../kit/foreign-file.ts";
import type { Kit } from "../../kit/provider.ts";
import type { GoogleState } from "../state.ts";
import type { Outcome } from "./video.ts";

/** What processing will find out about the bytes of an upload: switches first, then the file, then its twin. */
export async function foreseeOutcome(
  kit: Kit,
  state: GoogleState,
  upload: { account: string; blob: string; size: number; sha256: string },
): Promise<Outcome> {
  const failure = kit.settings.get("google", "failure_reason");
  if (failure !== null) return { uploadStatus: "failed", reason: failure };
  const rejection = kit.settings.get("google", "rejection_reason");
  if (rejection !== null) return { uploadStatus: "rejected", reason: rejection };
  if (upload.size === 0) return { uploadStatus: "failed", reason: "emptyFile" };
  if (await isForeignFile(kit.blobs.path(upload.blob))) {
    return { uploadStatus: "failed", reason: "invalidFile" };
  }
  const hasTwin = state.videosOf(upload.account).some((video) => video.sha256 === upload.sha256);
  return hasTwin && kit.settings.get("google", "reject_duplicates", false)
    ? { uploadStatus: "rejected", reason: "duplicate" }
    : { uploadStatus: "processed" };
}

/** One to three seconds unless the setting says otherwise; never at once. */
export function usualProcessingMs(kit: Kit): number {
  const chosen = kit.settings.get("google", "processing_ms");
  return Math.max(1, chosen ?? 1000 + Math.floor(kit.random() * 2001));
}
