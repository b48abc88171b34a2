import { z } from "zod";
import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import { type Account, privacyOptionsOf } from "../account.ts";
import { type ApiCall, readBody } from "../api/api-call.ts";
import { invalidParams, renderData, TiktokFailure } from "../tiktok-failure.ts";
import { checkChunkPlan } from "./chunk-plan.ts";
import { findObstacle } from "./find-obstacle.ts";
import type { Post, PostInfo, UploadSource } from "./post.ts";
import { checkVideoUrl, pullVideo } from "./pull-video.ts";

const UPLOAD_URL_LIFETIME_S = 3600;
/** UTF-16 code units. */
const MAX_TITLE = 2200;
const PENDING_DRAFTS = 5;
const DAY_MS = 24 * 3600 * 1000;

const bytes = z.number().int().nonnegative();
const sourceSchema = z.discriminatedUnion("source", [
  z.object({
    source: z.literal("FILE_UPLOAD"),
    video_size: bytes,
    chunk_size: bytes,
    total_chunk_count: bytes,
  }),
  z.object({ source: z.literal("PULL_FROM_URL"), video_url: z.string() }),
]);
const draftSchema = z.object({ source_info: sourceSchema });
const directSchema = draftSchema.extend({
  post_info: z.object({
    privacy_level: z.enum([
      "PUBLIC_TO_EVERYONE",
      "MUTUAL_FOLLOW_FRIENDS",
      "FOLLOWER_OF_CREATOR",
      "SELF_ONLY",
    ]),
    title: z.string().refine(({ length }) => length <= MAX_TITLE).default(""),
    disable_comment: z.boolean().default(false),
    disable_duet: z.boolean().default(false),
    disable_stitch: z.boolean().default(false),
    video_cover_timestamp_ms: z.int32().nonnegative().optional(),
    brand_content_toggle: z.boolean().default(false),
    brand_organic_toggle: z.boolean().default(false),
    is_aigc: z.boolean().default(false),
  }),
});

/** POST video/init: what a post shall be, and how its bytes come. */
export async function initVideo(call: ApiCall): Promise<Response> {
  const { post_info: info, source_info: source } = await readBody(call, directSchema);
  const { kit, state, account } = call;
  const obstacle = findObstacle(kit, state, account, 403);
  if (obstacle !== null) throw obstacle;
  checkAudience(kit, account, info.privacy_level);
  if (info.brand_content_toggle && info.privacy_level === "SELF_ONLY") {
    throw invalidParams("The branded content can't be private");
  }
  return open(call, source, {
    privacyLevel: info.privacy_level,
    title: info.title,
    disableComment: info.disable_comment,
    disableDuet: info.disable_duet,
    disableStitch: info.disable_stitch,
    coverTimestampMs: info.video_cover_timestamp_ms ?? null,
    isBranded: info.brand_content_toggle,
    isOwnBrand: info.brand_organic_toggle,
    isAiGenerated: info.is_aigc,
  });
}

/** POST inbox/video/init: a draft that its person finishes in the app; at most five a day wait there. */
export async function initDraft(call: ApiCall): Promise<Response> {
  const { source_info: source } = await readBody(call, draftSchema);
  const since = call.kit.now() - DAY_MS;
  const pending = call.state.postsOf(call.account.name).filter((post) =>
    post.info === null && post.createdAt > since
  );
  if (pending.length >= PENDING_DRAFTS) {
    throw new TiktokFailure(
      403,
      "spam_risk_too_many_pending_share",
      "There may be at most 5 pending shares within any 24-hour period.",
    );
  }
  return open(call, source, null);
}

/** An app that is not audited posts to private accounts only, for their own eyes only. */
function checkAudience(kit: Kit, account: Account, privacyLevel: string): void {
  const isUnaudited = kit.settings.get("tiktok", "unaudited", false);
  if (isUnaudited && (!account.isPrivate || privacyLevel !== "SELF_ONLY")) {
    throw new TiktokFailure(
      403,
      "unaudited_client_can_only_post_to_private_accounts",
      "Unaudited clients can only post to a private account. The publish attempt will be blocked when calling this API.",
    );
  }
  if (privacyOptionsOf(account).includes(privacyLevel)) return;
  throw new TiktokFailure(
    403,
    "privacy_level_option_mismatch",
    "The privacy_level is not specified or not among the options from the creator_info API.",
  );
}

function open(
  { kit, state, account, exchange }: ApiCall,
  asked: z.infer<typeof sourceSchema>,
  info: PostInfo | null,
): Response {
  if (asked.source === "PULL_FROM_URL") checkVideoUrl(kit, asked.video_url);
  const source = asked.source === "FILE_UPLOAD"
    ? announceUpload(kit, asked)
    : { kind: "PULL_FROM_URL" as const, url: asked.video_url, mimeType: "video/mp4" };
  const publishId = source.kind === "FILE_UPLOAD"
    ? `v_pub_file~v2-1.${state.nextPostId()}`
    : `v_pub_url~v2.${state.nextPostId()}`;
  const post: Post = {
    publishId,
    account: account.name,
    info,
    source,
    blob: kit.blobs.create(),
    received: 0,
    createdAt: kit.now(),
    arrived: null,
    failReason: null,
  };
  state.posts.set(publishId, post);
  kit.touch();
  if (source.kind === "PULL_FROM_URL") {
    void pullVideo(kit, state, post, exchange.processingMs);
    return renderData({ publish_id: publishId });
  }
  const proof = new URLSearchParams({ upload_id: source.uploadId, upload_token: source.token });
  return renderData({
    publish_id: publishId,
    upload_url: `${kit.urls.TIKTOK_UPLOAD_URL}/video/?${proof}`,
  });
}

function announceUpload(
  kit: Kit,
  asked: Extract<z.infer<typeof sourceSchema>, { source: "FILE_UPLOAD" }>,
): UploadSource {
  const plan = { size: asked.video_size, chunkSize: asked.chunk_size, chunkCount: asked.total_chunk_count };
  checkChunkPlan(plan);
  if (plan.chunkCount > 1 && kit.settings.get("tiktok", "refuse_chunks", false)) {
    throw invalidParams("The chunk size is invalid");
  }
  const lifetimeS = kit.settings.get("tiktok", "upload_session_ttl_s", UPLOAD_URL_LIFETIME_S);
  return {
    kind: "FILE_UPLOAD",
    uploadId: randomText(12),
    token: randomText(24),
    ...plan,
    mimeType: "video/mp4",
    expiresAt: kit.now() + lifetimeS * 1000,
  };
}
