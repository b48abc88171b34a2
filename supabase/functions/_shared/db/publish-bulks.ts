import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import type { Json } from "./database.types.ts";
import type { OauthConnectionRow } from "./oauth-connections.ts";
import type { VideoRow } from "./product-videos.ts";
import type { Row } from "./row.ts";

/** A template as its owner wrote it; variants by platform. */
export type TemplateText = Pick<
  Row<"caption_templates", { variants: Record<string, { caption: string; hashtags: string[] }> }>,
  "caption" | "hashtags" | "variants"
>;

/** A leased bulk with what making the posts of its next items takes. */
export interface ClaimedBulk {
  id: string;
  user_id: string;
  lease_token: string;
  /** How many workers died over the first of these items. */
  lost_leases: number;
  caption: string;
  hashtags: string[];
  targets: Json[];
  accounts: Pick<OauthConnectionRow, "id" | "platform" | "route" | "status">[];
  items: BulkItem[];
}

export interface BulkItem {
  id: string;
  allow_duplicate: boolean;
  /** Null for a video that was deleted meanwhile. */
  video: Pick<VideoRow, "id" | "filename" | "upload_status" | "size_bytes" | "unreachable_at"> | null;
  product:
    | Pick<
      Row<"sourced_products", { marketplace: "US" | "CA" | "UK" | "DE" }>,
      "title" | "video_title" | "brand" | "asin" | "price" | "currency" | "marketplace"
    >
    | null;
}

export type PublishBulks = ReturnType<typeof createPublishBulks>;

/** Bulks and their items: read as the caller, written by the engine's functions (service_role). */
export function createPublishBulks({ asCaller, admin }: DatabaseClients) {
  return {
    /** Null when the caller has no such template. */
    async findTemplate(callerToken: string, templateId: string): Promise<TemplateText | null> {
      const query = asCaller(callerToken).from("caption_templates").select("caption,hashtags,variants");
      return (unwrap(await query.eq("id", templateId).limit(1)) as TemplateText[])[0] ?? null;
    },

    /** As read_bulk describes it; null when the caller has no such bulk. */
    async findOwn(callerToken: string, bulkId: string): Promise<unknown> {
      return unwrap(await asCaller(callerToken).rpc("read_bulk", { p_bulk_id: bulkId }));
    },

    /** The stored answer of a key, null for a new one. AppError idempotency_key_reused. */
    async findAnswer(userId: string, key: string, requestHash: string): Promise<unknown> {
      const answer = await admin.rpc("find_idempotent_answer", {
        p_user_id: userId,
        p_key: key,
        p_request_hash: requestHash,
      });
      return unwrap(answer);
    },

    /** Resolves to `{id, total}`. */
    async create(userId: string, bulk: Json, once?: { key: string; requestHash: string }): Promise<unknown> {
      return unwrap(
        await admin.rpc("create_bulk", {
          p_user_id: userId,
          p_bulk: bulk,
          p_idempotency_key: once?.key,
          p_request_hash: once?.requestHash,
        }),
      );
    },

    /** Leases the next bulk, or the one that is named; null when there is none to work on. */
    async claim(limit: number, leaseSeconds: number, bulkId?: string): Promise<ClaimedBulk | null> {
      const answer = await admin.rpc("claim_bulk", {
        p_limit: limit,
        p_lease_seconds: leaseSeconds,
        p_bulk_id: bulkId,
      });
      return unwrap(answer) as unknown as ClaimedBulk | null;
    },

    /** Creates the post of an item, once: `made`, `over` when somebody ended it, `lost` without the lease. */
    async make(bulk: ClaimedBulk, itemId: string, post: Json, leaseSeconds: number): Promise<string> {
      return unwrap(
        await admin.rpc("make_bulk_item", {
          p_bulk_id: bulk.id,
          p_lease_token: bulk.lease_token,
          p_item_id: itemId,
          p_post: post,
          p_lease_seconds: leaseSeconds,
        }),
      );
    },

    /** Writes down why an item has no post. */
    async fail(bulk: ClaimedBulk, itemId: string, code: string, message: string): Promise<void> {
      unwrap(
        await admin.rpc("fail_bulk_item", {
          p_bulk_id: bulk.id,
          p_lease_token: bulk.lease_token,
          p_item_id: itemId,
          p_error_code: code,
          p_error_message: message,
        }),
      );
    },

    /** Calls a worker at once; a lost call costs one tick of the clock. */
    async poke(): Promise<void> {
      unwrap(await admin.rpc("poke_bulk_worker"));
    },

    /** Ends the lease; resolves to how many items still wait. The next worker comes after the pause. */
    async release(bulk: ClaimedBulk, pauseSeconds: number): Promise<number> {
      return unwrap(
        await admin.rpc("release_bulk", {
          p_bulk_id: bulk.id,
          p_lease_token: bulk.lease_token,
          p_pause_seconds: pauseSeconds,
        }),
      );
    },

    /** Undo: what was canceled, and what had gone out. AppError bulk_not_found, bulk_not_waiting. */
    async cancel(userId: string, bulkId: string): Promise<unknown> {
      return unwrap(await admin.rpc("cancel_bulk", { p_user_id: userId, p_bulk_id: bulkId }));
    },

    /** Resolves to how many are tried again. AppError bulk_not_found, bulk_has_no_failures. */
    async retry(
      userId: string,
      bulkId: string,
      { itemId, allowDuplicate }: { itemId?: string; allowDuplicate: boolean },
    ): Promise<number> {
      return unwrap(
        await admin.rpc("retry_bulk", {
          p_user_id: userId,
          p_bulk_id: bulkId,
          p_item_id: itemId,
          p_allow_duplicate: allowDuplicate,
        }),
      );
    },
  };
}
