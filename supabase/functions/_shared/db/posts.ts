import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import type { Json } from "./database.types.ts";
import type { Row } from "./row.ts";

export type PostRow = Pick<Row<"published_videos">, "id" | "video_id" | "caption" | "hashtags"> & {
  overall_status: string;
};
export type TargetRow = Omit<Row<"publishing_queue", { options: Json }>, "content_key">;

/** A post as service_role functions answer it. */
export interface WrittenPost {
  published_video_id: string;
  targets: { id: string; platform: string; connection_id: string | null; status: string }[];
}

export type Posts = ReturnType<typeof createPosts>;

const TARGET_FIELDS =
  "id,user_id,published_video_id,platform,connection_id,caption,hashtags,options,scheduled_for," +
  "time_zone,status,attempts,retry_at,error_code,error_message,called_at,platform_post_id,platform_url,published_at," +
  "created_at,updated_at";

/** Posts and their targets: read as the caller, written by the engine's functions (service_role). */
export function createPosts({ asCaller, admin }: DatabaseClients) {
  return {
    /** Null when the caller has no such post. */
    async findOwn(
      callerToken: string,
      postId: string,
    ): Promise<{ post: PostRow; targets: TargetRow[] } | null> {
      const client = asCaller(callerToken);
      const posts = client.from("published_videos").select("id,video_id,caption,hashtags,overall_status");
      const [post] = unwrap(await posts.eq("id", postId).limit(1)) as unknown as PostRow[];
      if (!post) return null;
      const targets = unwrap(
        await client
          .from("publishing_queue")
          .select(TARGET_FIELDS)
          .eq("published_video_id", postId)
          .order("id"),
      );
      return { post, targets: targets as unknown as TargetRow[] };
    },

    /** The stored answer of a key, null for a new one. AppError idempotency_key_reused. */
    async findAnswer(userId: string, key: string, requestHash: string): Promise<WrittenPost | null> {
      const { data, error, status } = await admin.rpc("find_idempotent_answer", {
        p_user_id: userId,
        p_key: key,
        p_request_hash: requestHash,
      });
      return unwrap({ data, error, status }) as unknown as WrittenPost | null;
    },

    async create(
      userId: string,
      post: Json,
      once?: { key: string; requestHash: string },
    ): Promise<WrittenPost> {
      const answer = unwrap(
        await admin.rpc("create_post", {
          p_user_id: userId,
          p_post: post,
          p_idempotency_key: once?.key,
          p_request_hash: once?.requestHash,
        }),
      );
      return answer as unknown as WrittenPost;
    },

    async edit(userId: string, postId: string, changes: object): Promise<void> {
      unwrap(
        await admin.rpc("edit_post", { p_user_id: userId, p_post_id: postId, p_changes: changes as Json }),
      );
    },

    /** Sends a draft on its way. */
    async start(userId: string, postId: string, allowDuplicate: boolean): Promise<void> {
      unwrap(
        await admin.rpc("start_post", {
          p_user_id: userId,
          p_post_id: postId,
          p_allow_duplicate: allowDuplicate,
        }),
      );
    },

    /** Returns how many targets; one of them when `targetId` names it. */
    async cancel(userId: string, postId: string, targetId?: string): Promise<number> {
      return unwrap(
        await admin.rpc("cancel_post", { p_user_id: userId, p_post_id: postId, p_target_id: targetId }),
      );
    },

    /** Returns how many targets are tried again: all, one, or those with one cause. */
    async retry(
      userId: string,
      postId: string,
      of: { targetId?: string; errorCode?: string },
    ): Promise<number> {
      return unwrap(
        await admin.rpc("retry_post", {
          p_user_id: userId,
          p_post_id: postId,
          p_target_id: of.targetId,
          p_error_code: of.errorCode,
        }),
      );
    },

    async decide(
      userId: string,
      targetId: string,
      isThere: boolean,
      platformUrl: string | null,
    ): Promise<void> {
      unwrap(
        await admin.rpc("decide_unknown_target", {
          p_user_id: userId,
          p_target_id: targetId,
          p_is_there: isThere,
          // Null means that the user did not say; the generated types do not know it.
          p_platform_url: platformUrl as string,
        }),
      );
    },
  };
}
