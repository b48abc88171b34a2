import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

/** A scheduled target as the database knows it. */
export interface ReadinessTarget {
  id: string;
  platform: string;
  connection_id: string | null;
  account_name: string | null;
  /** Of the account; null when it is gone. */
  status: string | null;
  route: string | null;
  scopes: string[] | null;
  /** Its platform's day still has room. */
  has_room: boolean;
}

/** A post in the hands of who looks at it. */
export interface ReadinessCheck {
  postId: string;
  userId: string;
  leaseToken: string;
  /** How far ahead it is. */
  mark: string;
  /** The first of its times; kept as text, so that it goes back as it came. */
  scheduledFor: string;
  timeZone: string;
  caption: string;
  targets: ReadinessTarget[];
}

/** What keeps a post from going out, in words for its user. */
export interface ReadinessProblem {
  /** The same problem has the same key whenever the post is looked at. */
  key: string;
  title: string;
  body: string;
  link_path: string;
}

export type ReadinessChecks = ReturnType<typeof createReadinessChecks>;

/** The functions over private.readiness_checks (service_role). */
export function createReadinessChecks(admin: DatabaseClient) {
  return {
    async claim(limit: number, leaseSeconds: number): Promise<ReadinessCheck[]> {
      const rows = unwrap(
        await admin.rpc("claim_readiness_checks", { p_limit: limit, p_lease_seconds: leaseSeconds }),
      );
      return rows.map((row) => ({
        postId: row.post_id,
        userId: row.user_id,
        leaseToken: row.lease_token,
        mark: row.mark,
        scheduledFor: row.scheduled_for,
        timeZone: row.time_zone,
        caption: row.caption,
        targets: (row.targets ?? []) as unknown as ReadinessTarget[],
      }));
    },

    /** False when the lease was lost. */
    async save(check: ReadinessCheck, problems: readonly ReadinessProblem[]): Promise<boolean> {
      return unwrap(
        await admin.rpc("save_readiness_check", {
          p_post_id: check.postId,
          p_lease_token: check.leaseToken,
          p_mark: check.mark,
          p_scheduled_for: check.scheduledFor,
          p_problems: problems.map((problem) => ({ ...problem })),
        }),
      );
    },
  };
}
