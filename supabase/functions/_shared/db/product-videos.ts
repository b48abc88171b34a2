import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import type { Row } from "./row.ts";

/** Ids stand in the address of a query, which may not grow without end. */
const IDS_PER_QUERY = 100;

/** A row of product_videos. Sizes in bytes, durations in milliseconds. */
export type VideoRow = Row<
  "product_videos",
  {
    upload_status: "pending" | "uploading" | "complete" | "failed";
    source: "upload" | "onedrive" | "generated";
    unreachable_reason: "missing" | "other_account" | "disconnected" | null;
  }
>;

export interface VideoPage {
  productId?: string;
  /** Id of the last video already seen; ids grow with time. */
  beforeId?: string;
  limit: number;
}

export type VideoPatch = Partial<Pick<VideoRow, "product_id" | "is_primary" | "filename">>;

export type ProductVideos = ReturnType<typeof createProductVideos>;

/** Queries over product_videos: the user's own columns as the caller, the rest as service_role. */
export function createProductVideos({ asCaller, admin }: DatabaseClients) {
  return {
    async findOwn(callerToken: string, videoId: string): Promise<VideoRow | null> {
      const query = asCaller(callerToken).from("product_videos").select("*");
      return (unwrap(await query.eq("id", videoId).limit(1)) as VideoRow[])[0] ?? null;
    },

    /** Those of the ids that are the caller's, in no order. */
    async findOwnMany(callerToken: string, videoIds: readonly string[]): Promise<VideoRow[]> {
      const rows: VideoRow[] = [];
      for (let start = 0; start < videoIds.length; start += IDS_PER_QUERY) {
        const query = asCaller(callerToken).from("product_videos").select("*");
        const answer = await query.in("id", videoIds.slice(start, start + IDS_PER_QUERY));
        rows.push(...(unwrap(answer) as VideoRow[]));
      }
      return rows;
    },

    /** Newest first. */
    async listOwn(callerToken: string, page: VideoPage): Promise<VideoRow[]> {
      let query = asCaller(callerToken).from("product_videos").select("*");
      if (page.productId) query = query.eq("product_id", page.productId);
      if (page.beforeId) query = query.lt("id", page.beforeId);
      return unwrap(await query.order("id", { ascending: false }).limit(page.limit)) as VideoRow[];
    },

    /** Null when the caller has no such video. */
    async updateOwn(callerToken: string, videoId: string, patch: VideoPatch): Promise<VideoRow | null> {
      const query = asCaller(callerToken).from("product_videos").update(patch).eq("id", videoId);
      return (unwrap(await query.select("*")) as VideoRow[])[0] ?? null;
    },

    /** Makes or reopens the Amazon tasks of a video, as the caller. */
    async queueOwn(callerToken: string, videoId: string): Promise<unknown> {
      return unwrap(await asCaller(callerToken).rpc("queue_video_tasks", { video_id: videoId }));
    },

    async setPoster(userId: string, videoId: string, posterPath: string): Promise<VideoRow> {
      const rows = unwrap(
        await admin.rpc("set_video_poster", {
          p_user_id: userId,
          p_video_id: videoId,
          p_poster_path: posterPath,
        }),
      );
      return rows[0] as VideoRow;
    },

    /** Claims a video for removal, before its file goes. AppError video_in_use, with the targets that need it. */
    async beginRemoval(userId: string, videoId: string): Promise<void> {
      unwrap(await admin.rpc("begin_video_removal", { p_user_id: userId, p_video_id: videoId }));
    },

    /** The file could not be deleted: the video stays, and posts may take it again. */
    async giveUpRemoval(userId: string, videoId: string): Promise<void> {
      unwrap(await admin.rpc("give_up_video_removal", { p_user_id: userId, p_video_id: videoId }));
    },

    async remove(userId: string, videoId: string): Promise<void> {
      unwrap(await admin.rpc("remove_video", { p_user_id: userId, p_video_id: videoId }));
    },
  };
}
