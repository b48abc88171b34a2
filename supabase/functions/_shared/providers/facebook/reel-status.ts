import { z } from "zod";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { PROVIDER } from "./error-answer.ts";

const errorSchema = z.looseObject({ code: z.coerce.number().optional() });
const phaseSchema = z.object({
  status: z.string().default(""),
  error: errorSchema.nullish(),
  errors: z.array(errorSchema).nullish(),
});

/** Meta's guide and its answers spell some words differently; both are read (rule: Reels Publishing API, status). */
export const reelAnswerSchema = z.object({
  status: z.object({
    video_status: z.string(),
    uploading_phase: phaseSchema.extend({
      bytes_transfered: z.coerce.number().int().optional(),
      bytes_transferred: z.coerce.number().int().optional(),
    }).optional(),
    processing_phase: phaseSchema.optional(),
    publishing_phase: phaseSchema.extend({ publish_status: z.string().optional() }).optional(),
  }),
});

type Phase = z.infer<typeof phaseSchema>;

/** How far a Reel is. Whether people see it says `publishing` alone. */
export interface ReelStatus {
  isUploaded: boolean;
  /** Stored so far. */
  bytes: number;
  processing: "not_begun" | "under_way" | "done";
  publishing: "not_begun" | "under_way" | "published" | "failed";
  /** The upload was given up or forgotten; another one may do. */
  isGone: boolean;
  /** What Facebook has against the file, by its own number where it gives one; null when nothing is wrong. */
  failure: { code: number | null } | null;
}

/** Throws ProviderApiError for an upload in the middle of which nobody knows where it is. */
export function toReelStatus({ status }: z.infer<typeof reelAnswerSchema>): ReelStatus {
  const { video_status: word, uploading_phase, processing_phase, publishing_phase } = status;
  const isUploaded = isDone(uploading_phase) ||
    (uploading_phase === undefined && ["upload_complete", "processing", "ready"].includes(word));
  const bytes = uploading_phase?.bytes_transfered ?? uploading_phase?.bytes_transferred;
  if (uploading_phase?.status === "in_progress" && bytes === undefined) {
    throw new ProviderApiError(PROVIDER, 200, "stored_bytes_not_told");
  }
  const publishing = toPublishing(publishing_phase);
  return {
    isUploaded,
    bytes: bytes ?? 0,
    processing: isDone(processing_phase) || word === "ready"
      ? "done"
      : processing_phase?.status === "in_progress"
      ? "under_way"
      : "not_begun",
    publishing,
    isGone: word === "expired" || word === "upload_failed" || hasFailed(uploading_phase),
    failure: publishing === "published" ? null : failureOf(publishing_phase) ?? failureOf(processing_phase) ??
      (word === "error" ? { code: null } : null),
  };
}

const isDone = (phase?: Phase) => phase?.status === "complete" || phase?.status === "completed";

const hasFailed = (phase?: Phase) => phase !== undefined && failureOf(phase) !== null;

/** A phase may carry an error whatever its status says. */
function failureOf(phase?: Phase): { code: number | null } | null {
  if (phase === undefined) return null;
  const error = phase.error ?? phase.errors?.[0];
  if (error) return { code: error.code ?? null };
  return phase.status === "error" ? { code: null } : null;
}

function toPublishing(phase?: Phase & { publish_status?: string }): ReelStatus["publishing"] {
  if (phase === undefined) return "not_begun";
  if (phase.publish_status === "published") return "published";
  if (phase.publish_status === "error" || failureOf(phase) !== null) return "failed";
  if (isDone(phase)) return phase.publish_status === undefined ? "published" : "under_way";
  return phase.status === "in_progress" ? "under_way" : "not_begun";
}
