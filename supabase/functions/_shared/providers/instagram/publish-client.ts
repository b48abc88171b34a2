import { z } from "zod";
import { fetchOnOwnConnection } from "../../core/own-connection-fetch.ts";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { PROVIDER, translateInstagramError } from "./error-answer.ts";

const TIMEOUT_MS = 60_000;
const RECENT_MEDIA = 25;
/** Comments of a page, the most Instagram gives. */
const COMMENTS = 50;
/** A comment that is older than so many pages of others is not found. */
const MAX_COMMENT_PAGES = 20;

/** Ids have 17 digits; a number would lose the last ones. */
const idAnswerSchema = z.object({ id: z.string().min(1) });
const containerSchema = z.object({ status_code: z.string(), status: z.string().nullish() });
/** Meta spells it in two ways. */
const uploadSchema = z.object({
  status_code: z.string(),
  video_status: z.object({
    uploading_phase: z.object({
      status: z.string().optional(),
      bytes_transferred: z.coerce.number().int().optional(),
      bytes_transfered: z.coerce.number().int().optional(),
    }).optional(),
  }).nullish(),
});
const mediaSchema = z.object({
  id: z.string().min(1),
  caption: z.string().nullish(),
  timestamp: z.string(),
  permalink: z.string().nullish(),
});
const commentsSchema = z.object({
  data: z.array(z.object({ text: z.string().nullish(), username: z.string().nullish() })),
  paging: z.object({
    cursors: z.object({ after: z.string().nullish() }).nullish(),
    next: z.string().nullish(),
  })
    .nullish(),
});
const ownerSchema = z.object({ username: z.string().nullish() });
const limitSchema = z.object({
  data: z.array(
    z.object({
      quota_usage: z.number().optional(),
      config: z.object({ quota_total: z.number() }).optional(),
    }),
  ),
});

export interface Container {
  status: "in_progress" | "finished" | "published" | "error" | "expired";
  /** Meta's error number, 22 and five digits, when there is one. */
  errorCode: string | null;
}

export interface Media {
  id: string;
  caption: string;
  postedAt: Date;
  url: string | null;
}

export type InstagramPublishClient = ReturnType<typeof createInstagramPublishClient>;

/**
 * Instagram content publishing. `base` is the Graph host with its version; every method takes the account's token. The
 * default fetch never repeats a request unseen.
 */
export function createInstagramPublishClient(options: { base: string; fetch?: typeof fetch }) {
  const { base, fetch: doFetch = fetchOnOwnConnection } = options;

  async function call<Schema extends z.ZodType>(
    schema: Schema,
    token: string,
    method: "GET" | "POST",
    path: string,
    fields: Record<string, string>,
  ): Promise<z.infer<Schema>> {
    const query = new URLSearchParams(fields);
    let response: Response;
    let text: string;
    try {
      response = await doFetch(method === "GET" ? `${base}/${path}?${query}` : `${base}/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        body: method === "POST" ? query : undefined,
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      text = await response.text();
    } catch (cause) {
      throw new ProviderApiError(PROVIDER, 0, "no_answer", undefined, { cause });
    }
    const body = parseJson(text);
    if (!response.ok) throw translateInstagramError(response, body);
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new ProviderApiError(PROVIDER, response.status, "unexpected_body", undefined, {
      cause: parsed.error,
    });
  }

  return {
    /** Makes a container that Instagram fills from `videoUrl`, or that takes bytes; it lives 24 hours. */
    async createReel(
      token: string,
      accountId: string,
      reel: {
        /** Null where the bytes are pushed into the container, which takes Facebook Login. */
        videoUrl: string | null;
        caption: string;
        shareToFeed: boolean;
        /** A JPEG that Instagram fetches at once. */
        coverUrl?: string;
        /** The frame that is the cover without a picture of its own. */
        coverOffsetMs?: number;
      },
    ): Promise<string> {
      const fields = {
        media_type: "REELS",
        ...(reel.videoUrl === null ? { upload_type: "resumable" } : { video_url: reel.videoUrl }),
        caption: reel.caption,
        share_to_feed: String(reel.shareToFeed),
        ...(reel.coverUrl !== undefined && { cover_url: reel.coverUrl }),
        ...(reel.coverOffsetMs !== undefined && { thumb_offset: String(reel.coverOffsetMs) }),
      };
      return (await call(idAnswerSchema, token, "POST", `${accountId}/media`, fields)).id;
    },

    /** Bytes that are stored of a container that takes bytes; null when it has them all, or takes none any more. */
    async getStoredBytes(token: string, containerId: string): Promise<number | null> {
      const found = await call(uploadSchema, token, "GET", containerId, {
        fields: "id,status_code,video_status",
      });
      const phase = found.video_status?.uploading_phase;
      const isOpen = found.status_code.toLowerCase() === "in_progress" &&
        !["complete", "completed", "error"].includes(phase?.status ?? "");
      if (!isOpen) return null;
      const bytes = phase?.bytes_transferred ?? phase?.bytes_transfered;
      if (bytes === undefined && phase?.status === "in_progress") {
        throw new ProviderApiError(PROVIDER, 200, "stored_bytes_not_told");
      }
      return bytes ?? 0;
    },

    async getContainer(token: string, containerId: string): Promise<Container> {
      const found = await call(containerSchema, token, "GET", containerId, {
        fields: "id,status_code,status",
      });
      const status = found.status_code.toLowerCase();
      const isKnown = ["in_progress", "finished", "published", "error", "expired"].includes(status);
      if (!isKnown) {
        throw new ProviderApiError(PROVIDER, 200, `status_${status}`);
      }
      return {
        status: status as Container["status"],
        errorCode: /22\d{5}/.exec(found.status ?? "")?.[0] ?? null,
      };
    },

    /** The irreversible call. Resolves to the media id. */
    async publish(token: string, accountId: string, containerId: string): Promise<string> {
      const fields = { creation_id: containerId };
      return (await call(idAnswerSchema, token, "POST", `${accountId}/media_publish`, fields)).id;
    },

    /** The newest media of the account. */
    async listRecentMedia(token: string, accountId: string): Promise<Media[]> {
      const fields = { fields: "id,caption,timestamp,permalink", limit: String(RECENT_MEDIA) };
      const schema = z.object({ data: z.array(mediaSchema) });
      return (await call(schema, token, "GET", `${accountId}/media`, fields)).data.map(toMedia);
    },

    async getMedia(token: string, mediaId: string): Promise<Media> {
      return toMedia(
        await call(mediaSchema, token, "GET", mediaId, { fields: "id,caption,timestamp,permalink" }),
      );
    },

    /** Writes a comment below a post of the account's own. Made twice, it is there twice. Resolves to its id. */
    async comment(token: string, mediaId: string, text: string): Promise<string> {
      return (await call(idAnswerSchema, token, "POST", `${mediaId}/comments`, { message: text })).id;
    },

    /**
     * Whether the account itself has written this comment below its post. ProviderApiError when there are more
     * comments than we look at (rule: IG Media Comments: the newest first, 50 a page).
     */
    async hasComment(token: string, mediaId: string, text: string): Promise<boolean> {
      const { username: owner } = await call(ownerSchema, token, "GET", mediaId, { fields: "username" });
      let after = "";
      for (let page = 0; page < MAX_COMMENT_PAGES; page++) {
        const fields: Record<string, string> = { fields: "text,username", limit: String(COMMENTS) };
        if (after) fields.after = after;
        const answer = await call(commentsSchema, token, "GET", `${mediaId}/comments`, fields);
        const isThere = answer.data.some((comment) =>
          comment.text?.trim() === text.trim() && (!owner || !comment.username || comment.username === owner)
        );
        if (isThere) return true;
        after = (answer.paging?.next && answer.paging.cursors?.after) || "";
        if (!after) return false;
      }
      throw new ProviderApiError(PROVIDER, 200, "too_many_comments");
    },

    /** Posts per 24 hours that the account may make; null when Instagram does not tell. */
    async getPublishLimit(token: string, accountId: string): Promise<number | null> {
      const fields = { fields: "config,quota_usage" };
      const answer = await call(limitSchema, token, "GET", `${accountId}/content_publishing_limit`, fields);
      return answer.data[0]?.config?.quota_total ?? null;
    },
  };
}

function toMedia(media: z.infer<typeof mediaSchema>): Media {
  return {
    id: media.id,
    caption: media.caption ?? "",
    postedAt: new Date(media.timestamp),
    url: media.permalink ?? null,
  };
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
