import { z } from "zod";
import { ProviderApiError } from "../../core/provider-errors.ts";
import type { TiktokApi } from "./api.ts";
import { PROVIDER } from "./error-answer.ts";

const initSchema = z.object({ publish_id: z.string().min(1), upload_url: z.string().min(1) });

/** Post ids have 19 digits, more than a number holds: the reader of the body keeps such numbers as text. */
const idSchema = z.union([z.string(), z.number()]).transform(String);
const statusSchema = z.object({
  status: z.string(),
  fail_reason: z.string().nullish(),
  // Spelled like this on the wire.
  publicaly_available_post_id: z.array(idSchema).nullish(),
  uploaded_bytes: z.coerce.number().nullish(),
});

/** What a post shall be; the text is fixed from here on. */
export interface TiktokPost {
  title: string;
  privacyLevel: string;
  disableComment: boolean;
  disableDuet: boolean;
  disableStitch: boolean;
  /** Paid partnership. */
  isBranded: boolean;
  isOwnBrand: boolean;
  isAiGenerated: boolean;
  /** Moment of the video that is its cover, milliseconds. */
  coverTimestampMs?: number;
}

/** How the bytes will come: `count` chunks of `chunkBytes`, the last one with the rest. */
export interface UploadPlan {
  totalBytes: number;
  chunkBytes: number;
  count: number;
}

export interface PublishStatus {
  state: "uploading" | "downloading" | "in_inbox" | "complete" | "failed";
  /** TikTok's own word. */
  failReason: string | null;
  /** Of a public post, some time after it is complete. */
  postId: string | null;
  uploadedBytes: number | null;
}

const STATES: Readonly<Record<string, PublishStatus["state"] | undefined>> = {
  PROCESSING_UPLOAD: "uploading",
  PROCESSING_DOWNLOAD: "downloading",
  SEND_TO_USER_INBOX: "in_inbox",
  PUBLISH_COMPLETE: "complete",
  FAILED: "failed",
};

export type TiktokPublishClient = ReturnType<typeof createTiktokPublishClient>;

/**
 * Direct posts (rule: Content Posting API, Direct Post and Get Post Status). `uploadUrl` is where uploads usually lie;
 * bytes go nowhere else but to TikTok's own hosts.
 */
export function createTiktokPublishClient(api: TiktokApi, { uploadUrl }: { uploadUrl: string }) {
  return {
    /** Announces a post. The address is a secret and lives an hour; without all bytes nothing comes of it. */
    async init(
      token: string,
      post: TiktokPost,
      plan: UploadPlan,
    ): Promise<{ publishId: string; uploadUrl: string }> {
      const answer = await api.post(initSchema, token, "/v2/post/publish/video/init/", {
        post_info: {
          title: post.title,
          privacy_level: post.privacyLevel,
          disable_comment: post.disableComment,
          disable_duet: post.disableDuet,
          disable_stitch: post.disableStitch,
          brand_content_toggle: post.isBranded,
          brand_organic_toggle: post.isOwnBrand,
          is_aigc: post.isAiGenerated,
          video_cover_timestamp_ms: post.coverTimestampMs,
        },
        source_info: {
          source: "FILE_UPLOAD",
          video_size: plan.totalBytes,
          chunk_size: plan.chunkBytes,
          total_chunk_count: plan.count,
        },
      });
      if (!isUploadAddress(answer.upload_url, uploadUrl)) {
        throw new ProviderApiError(PROVIDER, 200, "upload_url_not_allowed");
      }
      return { publishId: answer.publish_id, uploadUrl: answer.upload_url };
    },

    async getStatus(token: string, publishId: string): Promise<PublishStatus> {
      const path = "/v2/post/publish/status/fetch/";
      const answer = await api.post(statusSchema, token, path, { publish_id: publishId });
      const state = STATES[answer.status];
      if (state === undefined) throw new ProviderApiError(PROVIDER, 200, `status_${answer.status}`);
      return {
        state,
        failReason: answer.fail_reason || null,
        postId: answer.publicaly_available_post_id?.[0] ?? null,
        uploadedBytes: answer.uploaded_bytes ?? null,
      };
    },
  };
}

function isUploadAddress(address: string, uploadUrl: string): boolean {
  const url = URL.parse(address);
  if (!url || url.username !== "" || url.password !== "") return false;
  if (url.origin === new URL(uploadUrl).origin) return true;
  return url.protocol === "https:" && url.port === "" && url.hostname.endsWith(".tiktokapis.com");
}
