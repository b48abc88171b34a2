import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import type { Database } from "./database.types.ts";
import { type StoredAccount, toStoredAccount } from "./stored-account.ts";

type TargetRow = Database["public"]["Functions"]["read_publish_targets"]["Returns"][number];

/** What a worker reads of a target. Sizes in bytes. */
export interface PublishTarget {
  postId: string;
  platform: string;
  connectionId: string | null;
  /** Null when it is not there any more. */
  account: StoredAccount | null;
  caption: string;
  hashtags: string[];
  options: unknown;
  scheduledFor: Date;
  calledAt: Date | null;
  /** Null when the video was removed. */
  video: {
    id: string;
    itemId: string | null;
    driveId: string | null;
    filename: string;
    sizeBytes: number;
    mimeType: string;
  } | null;
  /** Pauses between the questions how far the platform is; the last one repeats. */
  pollSeconds: number[];
  maxPolls: number;
}

export type PublishTargets = ReturnType<typeof createPublishTargets>;

/** Reading targets and waking workers (service_role). */
export function createPublishTargets(admin: DatabaseClient) {
  return {
    /** By id; one that is not there is gone. */
    async findAll(targetIds: readonly string[]): Promise<Map<string, PublishTarget>> {
      const rows = unwrap(await admin.rpc("read_publish_targets", { p_target_ids: [...targetIds] }));
      return new Map(rows.map((row) => [row.target_id, toTarget(row)]));
    },

    /** Null when taken, else when to come again. */
    async takeBudget(take: {
      budget: string;
      accountId: string;
      userId: string;
      amount: number;
      /** Whose place of the budget is taken, where it has one; absent for a call that is about no post. */
      targetId?: string;
      knownMax?: number;
    }): Promise<Date | null> {
      const freesAt = unwrap(
        await admin.rpc("take_budget", {
          p_budget: take.budget,
          p_account_id: take.accountId,
          p_user_id: take.userId,
          p_amount: take.amount,
          p_known_max: take.knownMax,
          p_target_id: take.targetId,
        }),
      );
      return freesAt ? new Date(freesAt) : null;
    },

    /** Pokes another worker when the lane has due work. */
    async poke(lane: 0 | 1): Promise<void> {
      unwrap(await admin.rpc("poke_publish_worker", { p_lane: lane }));
    },
  };
}

function toTarget(row: TargetRow): PublishTarget {
  return {
    postId: row.post_id,
    platform: row.platform,
    connectionId: row.connection_id,
    account: row.account_id === null ? null : toStoredAccount(row, row.account_status),
    caption: row.caption,
    hashtags: row.hashtags,
    options: row.options,
    scheduledFor: new Date(row.scheduled_for),
    calledAt: row.called_at ? new Date(row.called_at) : null,
    video: row.filename === null ? null : {
      id: row.video_id,
      itemId: row.item_id,
      driveId: row.drive_id,
      filename: row.filename,
      sizeBytes: Number(row.size_bytes),
      mimeType: row.mime_type,
    },
    pollSeconds: row.poll_seconds as number[],
    maxPolls: row.max_polls,
  };
}
