import { z } from "zod";
import type { TiktokApi } from "./api.ts";

const creatorSchema = z.object({
  creator_avatar_url: z.string().nullish(),
  creator_username: z.string().min(1),
  creator_nickname: z.string().nullish(),
  privacy_level_options: z.array(z.string()),
  comment_disabled: z.boolean().default(false),
  duet_disabled: z.boolean().default(false),
  stitch_disabled: z.boolean().default(false),
  max_video_post_duration_sec: z.number().positive().nullish(),
});

/** What an account may post at the moment. */
export interface Creator {
  /** In the address of the profile, without the `@`. */
  username: string;
  nickname: string | null;
  /** Lives two hours. */
  avatarUrl: string | null;
  privacyLevels: string[];
  isCommentDisabled: boolean;
  isDuetDisabled: boolean;
  isStitchDisabled: boolean;
  maxDurationSeconds: number | null;
}

export type TiktokCreatorClient = ReturnType<typeof createTiktokCreatorClient>;

/** Reads what an account may post (rule: Content Posting API, Query Creator Info; before every post). */
export function createTiktokCreatorClient(api: TiktokApi) {
  return {
    /** Throws TiktokCapReached or TiktokRefusal when the account may not post at all. */
    async read(token: string): Promise<Creator> {
      const creator = await api.post(creatorSchema, token, "/v2/post/publish/creator_info/query/");
      return {
        username: creator.creator_username,
        nickname: creator.creator_nickname ?? null,
        avatarUrl: creator.creator_avatar_url ?? null,
        privacyLevels: creator.privacy_level_options,
        isCommentDisabled: creator.comment_disabled,
        isDuetDisabled: creator.duet_disabled,
        isStitchDisabled: creator.stitch_disabled,
        maxDurationSeconds: creator.max_video_post_duration_sec ?? null,
      };
    },
  };
}
