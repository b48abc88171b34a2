import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import type { Json } from "./database.types.ts";

export type VideoFormats = ReturnType<typeof createVideoFormats>;

/** What files say of themselves, and what an operator changed of the platforms' limits (service_role). */
export function createVideoFormats(admin: DatabaseClient) {
  return {
    /** Null when nobody looked. Without a key: the file that the video's row tells of. */
    async find(userId: string, videoId: string, fileKey?: string): Promise<unknown> {
      return unwrap(
        await admin.rpc("find_video_format", { p_user_id: userId, p_video_id: videoId, p_file_key: fileKey }),
      );
    },

    async save(userId: string, videoId: string, fileKey: string, facts: object): Promise<void> {
      unwrap(
        await admin.rpc("save_video_format", {
          p_user_id: userId,
          p_video_id: videoId,
          p_file_key: fileKey,
          p_facts: facts as Json,
        }),
      );
    },

    async readLimits(): Promise<unknown> {
      return unwrap(await admin.rpc("read_format_limits"));
    },
  };
}
