import { z } from "zod";
import { TIKTOK_PRIVACY_LEVELS } from "./publish.ts";

/** GET /connections/:id/creator-info: what a TikTok account may post at the moment, for the form that asks. */
export const creatorInfoSchema = z.object({
  nickname: z.string().nullable(),
  username: z.string().nullable(),
  /** Lives two hours. */
  avatar_url: z.string().nullable(),
  /** The only ones that may be chosen from. */
  privacy_levels: z.array(z.enum(TIKTOK_PRIVACY_LEVELS)),
  /** Switched off in the account's own settings: nobody can switch it on for one post. */
  comment_disabled: z.boolean(),
  duet_disabled: z.boolean(),
  stitch_disabled: z.boolean(),
  max_duration_seconds: z.number().nullable(),
  /** Why the account can post nothing right now; then TikTok tells nothing else. */
  obstacle: z.object({ code: z.string(), message: z.string() }).nullable(),
});

export type CreatorInfo = z.infer<typeof creatorInfoSchema>;
