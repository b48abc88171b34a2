import type { Sealed } from "../core/token-cipher.ts";
import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import type { Json } from "./database.types.ts";
import { toSealed } from "./to-sealed.ts";

/** A claimed job; writes count only with its lease token. */
export interface PublishJob {
  targetId: string;
  userId: string;
  leaseToken: string;
  revision: number;
  step: string;
  checkpoint: Record<string, unknown>;
  secret: Sealed | null;
  calledAt: Date | null;
  settleUntil: Date | null;
}

/** What a user sees of a failed step, and what the platform's support needs of it. */
export interface Failure {
  code: string;
  message: string;
  providerStatus?: number;
  providerReference?: string;
}

/** What a user should know of a post that is there all the same. */
export type Notice = Pick<Failure, "code" | "message">;

/** A post that is on its platform. */
export interface FinishedPost {
  postId: string;
  url: string | null;
  notice?: Notice;
}

export type PublishJobs = ReturnType<typeof createPublishJobs>;

/** The functions over private.publish_jobs (service_role). Times are the database's. */
export function createPublishJobs(admin: DatabaseClient) {
  return {
    async claim(lane: 0 | 1, limit: number, leaseSeconds: number): Promise<PublishJob[]> {
      const rows = unwrap(
        await admin.rpc("claim_publish_jobs", {
          p_lane: lane,
          p_limit: limit,
          p_lease_seconds: leaseSeconds,
        }),
      );
      return rows.map((row) => ({
        targetId: row.target_id,
        userId: row.user_id,
        leaseToken: row.lease_token,
        revision: row.revision,
        step: row.step,
        checkpoint: row.checkpoint as Record<string, unknown>,
        secret: toSealed(row.secret, row.secret_key_id),
        calledAt: row.called_at ? new Date(row.called_at) : null,
        settleUntil: row.settle_until ? new Date(row.settle_until) : null,
      }));
    },

    /** False when the lease was lost. With a checkpoint there was progress. */
    async extend(job: PublishJob, leaseSeconds: number, checkpoint?: unknown): Promise<boolean> {
      return unwrap(
        await admin.rpc("extend_publish_lease", {
          p_target_id: job.targetId,
          p_lease_token: job.leaseToken,
          p_lease_seconds: leaseSeconds,
          p_checkpoint: checkpoint as Json,
        }),
      );
    },

    async advance(
      job: PublishJob,
      next: { step: string; checkpoint: unknown; waitSeconds?: number; secret?: Sealed },
    ): Promise<boolean> {
      return unwrap(
        await admin.rpc("advance_publish_job", {
          p_target_id: job.targetId,
          p_lease_token: job.leaseToken,
          p_revision: job.revision,
          p_step: next.step,
          p_checkpoint: next.checkpoint as Json,
          p_wait_seconds: next.waitSeconds,
          p_secret: next.secret?.text,
          p_secret_key_id: next.secret?.keyId,
        }),
      );
    },

    /** The new status, null when the lease was lost. */
    async retry(job: PublishJob, failure: Failure, waitSeconds?: number): Promise<string | null> {
      return unwrap(
        await admin.rpc("retry_publish_job", {
          p_target_id: job.targetId,
          p_lease_token: job.leaseToken,
          p_error_code: failure.code,
          p_error_message: failure.message,
          p_provider_status: failure.providerStatus,
          p_provider_reference: failure.providerReference,
          p_wait_seconds: waitSeconds,
        }),
      );
    },

    async park(
      job: PublishJob,
      status: "failed" | "quota_wait" | "needs_reauth" | "needs_conversion",
      failure: Failure,
      until?: Date,
    ): Promise<boolean> {
      return unwrap(
        await admin.rpc("park_publish_job", {
          p_target_id: job.targetId,
          p_lease_token: job.leaseToken,
          p_error_code: failure.code,
          p_error_message: failure.message,
          p_provider_status: failure.providerStatus,
          p_provider_reference: failure.providerReference,
          p_status: status,
          p_until: until?.toISOString(),
        }),
      );
    },

    /** Only after true may the irreversible call be made. */
    async beginCall(job: PublishJob): Promise<boolean> {
      return unwrap(
        await admin.rpc("begin_irreversible_call", {
          p_target_id: job.targetId,
          p_lease_token: job.leaseToken,
          p_revision: job.revision,
          p_checkpoint: job.checkpoint as Json,
        }),
      );
    },

    /** The outcome of the call is open; the settle time of private.settings starts. */
    async doubtCall(job: PublishJob, checkpoint: unknown, failure: Failure): Promise<boolean> {
      return unwrap(
        await admin.rpc("doubt_irreversible_call", {
          p_target_id: job.targetId,
          p_lease_token: job.leaseToken,
          p_checkpoint: checkpoint as Json,
          p_error_code: failure.code,
          p_error_message: failure.message,
        }),
      );
    },

    /** `isAbsence`: the post was only not found, which is refused as long as that proves nothing. */
    async undoCall(job: PublishJob, step: string, checkpoint: unknown, isAbsence = false): Promise<boolean> {
      return unwrap(
        await admin.rpc("undo_irreversible_call", {
          p_target_id: job.targetId,
          p_lease_token: job.leaseToken,
          p_step: step,
          p_checkpoint: checkpoint as Json,
          p_is_absence: isAbsence,
        }),
      );
    },

    /** The platform turned down the post it had accepted. */
    async reject(job: PublishJob, failure: Failure): Promise<boolean> {
      return unwrap(
        await admin.rpc("reject_irreversible_call", {
          p_target_id: job.targetId,
          p_lease_token: job.leaseToken,
          p_error_code: failure.code,
          p_error_message: failure.message,
          p_provider_reference: failure.providerReference,
        }),
      );
    },

    async finish(job: PublishJob, { postId, url, notice }: FinishedPost): Promise<boolean> {
      return unwrap(
        await admin.rpc("finish_publish_job", {
          p_target_id: job.targetId,
          p_lease_token: job.leaseToken,
          p_platform_post_id: postId,
          // Null means that it is not known; the generated types do not know it.
          p_platform_url: url as string,
          p_notice_code: notice?.code,
          p_notice_message: notice?.message,
        }),
      );
    },

    /** As `finish`, with what is left to do on the post, by kind. */
    async finishWithFollowUps(
      job: PublishJob,
      { postId, url, notice }: FinishedPost,
      kinds: readonly string[],
    ): Promise<boolean> {
      return unwrap(
        await admin.rpc("finish_with_follow_ups", {
          p_target_id: job.targetId,
          p_lease_token: job.leaseToken,
          p_platform_post_id: postId,
          p_platform_url: url as string,
          p_kinds: [...kinds],
          p_notice_code: notice?.code,
          p_notice_message: notice?.message,
        }),
      );
    },
  };
}
