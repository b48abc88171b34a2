import { z } from "zod";
import { fetchOnOwnConnection } from "../../core/own-connection-fetch.ts";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { PROVIDER, translateInstagramError } from "./error-answer.ts";

const TIMEOUT_MS = 60_000;
const RECENT_MEDIA = 25;

/** Ids have 17 digits; a number would lose the last ones. */
const idAnswerSchema = z.object({ id: z.string().min(1) });
const containerSchema = z.object({ status_code: z.string(), status: z.string().nullish() });
const mediaSchema = z.object({
  id: z.string().min(1),
  caption: z.string().nullish(),
  timestamp: z.string(),
  permalink: z.string().nullish(),
});
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
    /** Makes a container that Instagram fills from `videoUrl`; it lives 24 hours. */
    async createReel(
      token: string,
      accountId: string,
      reel: { videoUrl: string; caption: string; shareToFeed: boolean },
    ): Promise<string> {
      const fields = {
        media_type: "REELS",
        video_url: reel.videoUrl,
        caption: reel.caption,
        share_to_feed: String(reel.shareToFeed),
      };
      return (await call(idAnswerSchema, token, "POST", `${accountId}/media`, fields)).id;
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
