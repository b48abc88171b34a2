import type { TranscoderJob } from "./schema.ts";

/** How far a job is, as the engine sees it. */
export type TranscoderState =
  | { kind: "under_way" }
  | { kind: "done"; url: string; sizeBytes: number }
  /** `isFinal`: another try with the same file would end the same. */
  | { kind: "failed"; code: string; isFinal: boolean };

/** Errors of a job that come from the file or the target, not from the moment. */
const FINAL_ERRORS = ["source_unreadable", "target_not_possible"];

export function toState({ status, result, error }: TranscoderJob): TranscoderState {
  if (status === "queued" || status === "running") return { kind: "under_way" };
  if (status === "done" && result) return { kind: "done", url: result.url, sizeBytes: result.size_bytes };
  const code = error?.code ?? "no_reason";
  return { kind: "failed", code, isFinal: FINAL_ERRORS.includes(code) };
}
