import { isForeignFile } from "../../kit/foreign-file.ts";
import { hashBlob } from "../../kit/hash-blob.ts";
import type { Kit } from "../../kit/provider.ts";
import { readVideoFacts } from "../../kit/video-facts.ts";
import type { Account } from "../account.ts";
import type { TiktokState } from "../state.ts";
import type { Post } from "./post.ts";

const MODERATION_MS = 2_000;
const MIN_DURATION_MS = 3_000;
const [MIN_SIDE, MAX_SIDE] = [360, 4096];
const [MIN_FPS, MAX_FPS] = [23, 60];

/** The bytes of a post are whole: TikTok works on it from now on, and nothing stops that any more. */
export async function finishPost(
  kit: Kit,
  state: TiktokState,
  post: Post,
  processingMs: number | null,
): Promise<void> {
  const sha256 = await hashBlob(kit.blobs.path(post.blob), post.received);
  const failReason = await foresee(kit, state.accounts.get(post.account)!, post);
  const now = kit.now();
  const processedAt = now + (processingMs ?? usualProcessingMs(kit));
  post.arrived = {
    at: now,
    sha256,
    processedAt,
    moderatedAt: processedAt + kit.settings.get("tiktok", "moderation_ms", MODERATION_MS),
    failReason,
    postId: state.nextPostId(),
  };
  if (failReason === null && post.info !== null) state.calls.addPost(post.account);
  kit.touch();
}

/** Why processing will fail; null for a video TikTok takes. Files nobody can read pass. */
async function foresee(kit: Kit, account: Account, post: Post): Promise<string | null> {
  const forced = kit.settings.get("tiktok", "fail_reason");
  if (forced !== null) return forced;
  const path = kit.blobs.path(post.blob);
  if (post.received === 0 || await isForeignFile(path)) return "file_format_check_failed";
  const facts = await readVideoFacts(path);
  if (facts === null) return null;
  const { duration, width, height, frameRate } = facts;
  if (duration < MIN_DURATION_MS || duration > account.maxDurationS * 1000) return "duration_check_failed";
  const isOddSize = [width, height].some((side) => side < MIN_SIDE || side > MAX_SIDE);
  if (isOddSize) return "picture_size_check_failed";
  const isOddRate = frameRate !== undefined && (frameRate < MIN_FPS || frameRate > MAX_FPS);
  return isOddRate ? "frame_rate_check_failed" : null;
}

/** One to three seconds unless the setting says otherwise; never at once. */
function usualProcessingMs(kit: Kit): number {
  const chosen = kit.settings.get("tiktok", "processing_ms");
  return Math.max(1, chosen ?? 1000 + Math.floor(kit.random() * 2001));
}
