import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import type { Failure } from "./publish-jobs.ts";

/** Claimed work on a published post; writes count only with its lease token. */
export interface FollowUpJob {
  targetId: string;
  kind: string;
  userId: string;
  leaseToken: string;
  /** When a call was begun whose effect is still open. */
  calledAt: Date | null;
  /** Before this time, not finding the effect proves nothing. */
  settleUntil: Date | null;
  /** The platform's id of the post. */
  postId: string;
}

export type FollowUpJobs = ReturnType<typeof createFollowUpJobs>;

/** The functions over private.publish_follow_ups (service_role). Times are the database's. */
export function createFollowUpJobs(admin: DatabaseClient) {
  return {
    async claim(limit: number, leaseSeconds: number): Promise<FollowUpJob[]> {
      const rows = unwrap(
        await admin.rpc("claim_publish_follow_ups", { p_limit: limit, p_lease_seconds: leaseSeconds }),
      );
      return rows.map((row) => ({
        targetId: row.target_id,
        kind: row.kind,
        userId: row.user_id,
        leaseToken: row.lease_token,
        calledAt: row.called_at ? new Date(row.called_at) : null,
        settleUntil: row.settle_until ? new Date(row.settle_until) : null,
        postId: row.platform_post_id,
      }));
    },

    /** Only after true may a call be made that must not be made twice; it has `leaseSeconds`. */
    async beginCall(job: FollowUpJob, leaseSeconds: number): Promise<boolean> {
      return unwrap(
        await admin.rpc("begin_follow_up_call", {
          p_target_id: job.targetId,
          p_kind: job.kind,
          p_lease_token: job.leaseToken,
          p_lease_seconds: leaseSeconds,
        }),
      );
    },

    /** It is done; with a notice it will not be, and its user is told. False when the lease was lost. */
    async end(job: FollowUpJob, notice?: Failure): Promise<boolean> {
      return unwrap(
        await admin.rpc("end_publish_follow_up", {
          p_target_id: job.targetId,
          p_kind: job.kind,
          p_lease_token: job.leaseToken,
          p_code: notice?.code,
          p_message: notice?.message,
          p_reference: notice?.providerReference,
        }),
      );
    },

    /**
     * Tries it again after a pause, or gives it up with the notice after the last one. `isOpen`: its call may have had
     * its effect. Returns whether it is tried again; null when the lease was lost.
     */
    async retry(
      job: FollowUpJob,
      isOpen: boolean,
      failure: Failure,
      notice: Pick<Failure, "code" | "message">,
      waitSeconds?: number,
    ): Promise<boolean | null> {
      return unwrap(
        await admin.rpc("retry_publish_follow_up", {
          p_target_id: job.targetId,
          p_kind: job.kind,
          p_lease_token: job.leaseToken,
          p_is_open: isOpen,
          p_error_code: failure.code,
          p_error_message: failure.message,
          p_code: notice.code,
          p_message: notice.message,
          p_wait_seconds: waitSeconds,
          p_reference: failure.providerReference,
        }),
      );
    },
  };
}
