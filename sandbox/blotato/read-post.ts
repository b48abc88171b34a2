import { z } from "zod";
import { BlotatoFailure } from "./blotato-failure.ts";

const MAX_CAPTION_UNITS = 2_200;
const PRIVACY_LEVELS = ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "FOLLOWER_OF_CREATOR", "SELF_ONLY"];

/** Platforms that Blotato has and the sandbox does not. */
const OTHER_PLATFORMS = [
  "twitter",
  "linkedin",
  "facebook",
  "instagram",
  "pinterest",
  "threads",
  "bluesky",
  "youtube",
];

const required = z.boolean("must be boolean");
const targetSchema = z.object({
  targetType: z.literal("tiktok", "must be equal to constant"),
  privacyLevel: z.enum(PRIVACY_LEVELS, "must be equal to one of the allowed values"),
  disabledComments: required,
  disabledDuet: required,
  disabledStitch: required,
  isBrandedContent: required,
  isYourBrand: required,
  isAiGenerated: required,
  isDraft: required.optional(),
  title: z.string().min(1, "must NOT have fewer than 1 characters").max(89).optional(),
  videoCoverTimestamp: z.int("must be integer").min(0).optional(),
});

const instant = z.iso.datetime({ offset: true, error: 'must match format "date-time"' });

/** Fields nobody knows are ignored, as Blotato ignores them: `scheduledTime` inside `post` is one. */
const bodySchema = z.object({
  post: z.object({
    accountId: z.string("must be string"),
    content: z.object({
      text: z.string("must be string").refine(
        // In UTF-16 units, which zod does not count.
        ({ length }) => length <= MAX_CAPTION_UNITS,
        `must NOT have more than ${MAX_CAPTION_UNITS} characters`,
      ),
      mediaUrls: z.array(z.url('must match format "uri"')).min(1, "must NOT have fewer than 1 items").max(20),
      platform: z.string("must be string"),
    }),
    target: targetSchema,
  }),
  scheduledTime: instant.nullish(),
  useNextFreeSlot: required.optional(),
});

export type PostInput = z.output<typeof bodySchema>;

/** Checks the body of a new post. Throws 422 with the first thing that is wrong, as a path and what it must be. */
export function readPost(body: unknown): PostInput {
  const platform = (body as { post?: { target?: { targetType?: unknown } } } | null)?.post?.target
    ?.targetType;
  if (OTHER_PLATFORMS.includes(String(platform))) {
    throw new BlotatoFailure(422, "The sandbox publishes to TikTok alone.");
  }
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BlotatoFailure(422, `${issue!.path.join(".") || "body"}: ${issue!.message}`);
  }
  const { post, scheduledTime, useNextFreeSlot } = parsed.data;
  if (post.content.platform !== post.target.targetType) {
    throw new BlotatoFailure(422, "post.content.platform: must be the same as post.target.targetType");
  }
  if (post.target.isBrandedContent && post.target.privacyLevel === "SELF_ONLY") {
    throw new BlotatoFailure(
      422,
      "target.privacyLevel: Branded content visibility cannot be set to private.",
    );
  }
  if (useNextFreeSlot && !scheduledTime) {
    throw new BlotatoFailure(422, "No free slot: this account has none.");
  }
  return parsed.data;
}
