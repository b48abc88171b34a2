import type { Sealed } from "../core/token-cipher.ts";
import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import { toSealed } from "./to-sealed.ts";

/** A variant and, with `leaseToken`, the right to work on it. Sizes in bytes. */
export interface Variant {
  id: string;
  status: string;
  sizeBytes: number | null;
  /** Why the last try failed. */
  errorCode: string | null;
  objectPath: string;
  jobId: string | null;
  jobNumber: number;
  /** The job at the transcoder takes longer than any should. */
  isJobOverdue: boolean;
  storedBytes: number;
  uploadUrl: Sealed | null;
  /** Until the next try. */
  waitSeconds: number;
  leaseToken: string | null;
}

export type VariantProgress = Pick<Variant, "status" | "jobId" | "sizeBytes" | "storedBytes" | "uploadUrl">;

export interface FailedTry {
  code: string;
  message: string;
  isJobGone: boolean;
  isFinal: boolean;
  waitSeconds?: number;
}

export type VideoVariants = ReturnType<typeof createVideoVariants>;

/** Versions of videos that the engine makes (service_role). */
export function createVideoVariants(admin: DatabaseClient) {
  return {
    /** The variant of a file for a target format, made if there is none. */
    async claim(
      of: { userId: string; videoId: string; sourceKey: string; recipe: string },
      leaseSeconds: number,
    ): Promise<Variant> {
      const [row] = unwrap(
        await admin.rpc("claim_video_variant", {
          p_user_id: of.userId,
          p_video_id: of.videoId,
          p_source_key: of.sourceKey,
          p_recipe: of.recipe,
          p_lease_seconds: leaseSeconds,
        }),
      );
      if (!row) throw new Error("A variant that was just made is not there.");
      return {
        id: row.variant_id,
        status: row.status,
        sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
        errorCode: row.error_code,
        objectPath: row.object_path,
        jobId: row.job_id,
        jobNumber: row.job_number,
        isJobOverdue: row.is_job_overdue,
        storedBytes: Number(row.stored_bytes),
        uploadUrl: toSealed(row.upload_url, row.key_id),
        waitSeconds: row.wait_seconds ?? 0,
        leaseToken: row.lease_token,
      };
    },

    /** False when the right to write it was lost. */
    async save(variant: Variant, progress: VariantProgress, isReleased: boolean): Promise<boolean> {
      return unwrap(
        await admin.rpc("save_video_variant", {
          p_variant_id: variant.id,
          p_lease_token: variant.leaseToken!,
          p_status: progress.status,
          // Null means that there is none; the generated types do not know it.
          p_job_id: progress.jobId as string,
          p_size_bytes: progress.sizeBytes as number,
          p_stored_bytes: progress.storedBytes,
          p_upload_url: (progress.uploadUrl?.text ?? null) as string,
          p_key_id: (progress.uploadUrl?.keyId ?? null) as string,
          p_release: isReleased,
        }),
      );
    },

    /** Seconds until the next try; null when there is none, -1 when the right to write was lost. */
    async fail(variant: Variant, failed: FailedTry): Promise<number | null> {
      return unwrap(
        await admin.rpc("fail_variant_try", {
          p_variant_id: variant.id,
          p_lease_token: variant.leaseToken!,
          p_error_code: failed.code,
          p_error_message: failed.message,
          p_is_job_gone: failed.isJobGone,
          p_is_final: failed.isFinal,
          p_wait_seconds: failed.waitSeconds,
        }),
      );
    },

    /** Paths of up to `limit` objects nobody needs; whoever gets them removes and forgets them. */
    async takeSpent(limit: number): Promise<string[]> {
      return unwrap(await admin.rpc("take_spent_variants", { p_limit: limit })).map((row) => row.object_path);
    },

    async forget(objectPath: string): Promise<void> {
      unwrap(await admin.rpc("forget_spent_variant", { p_object_path: objectPath }));
    },
  };
}
