import { z } from "zod";
import { fetchOnOwnConnection } from "../../core/own-connection-fetch.ts";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import { PROVIDER, translateYoutubeError } from "./error-answer.ts";

const TIMEOUT_MS = 90_000;
const videoAnswerSchema = z.object({ id: z.string().min(1) });

/** What a resumable session holds (rule: YouTube Data API, Resumable Uploads). */
export type SessionState =
  | { kind: "stored"; bytes: number; retryAfterSeconds?: number }
  | { kind: "complete"; videoId: string }
  /** Expired or unknown: a new session starts at byte 0. */
  | { kind: "gone" };

export interface VideoDetails {
  title: string;
  description: string;
  tags: readonly string[];
  privacy: "public" | "unlisted" | "private";
  madeForKids: boolean;
}

export type YoutubeUploadClient = ReturnType<typeof createYoutubeUploadClient>;

/**
 * Resumable uploads to YouTube. Every method takes the access token of the channel. The default fetch never repeats a
 * request unseen: an opened session costs an insert of the day, and the last chunk makes the video.
 */
export function createYoutubeUploadClient(options: { uploadUrl: string; fetch?: typeof fetch }) {
  const { uploadUrl, fetch: doFetch = fetchOnOwnConnection } = options;

  /** Redirects stay unfollowed: 308 is YouTube's "go on". */
  async function send(url: string, init: RequestInit): Promise<Response> {
    try {
      return await doFetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      // The cause would carry the session's address, which is a secret.
      throw new ProviderApiError(PROVIDER, 0, "no_answer");
    }
  }

  async function readState(response: Response, sentTo: number | null): Promise<SessionState> {
    if (response.status === 308) {
      await response.body?.cancel();
      const last = /-(\d+)$/.exec(response.headers.get("range") ?? "")?.[1];
      const bytes = last === undefined ? 0 : Number(last) + 1;
      if (sentTo !== null && bytes > sentTo) {
        throw new ProviderApiError(PROVIDER, 308, "range_beyond_sent");
      }
      const retryAfterSeconds = readRetryAfter(response);
      return { kind: "stored", bytes, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
    }
    if (response.status === 404 || response.status === 410) {
      await response.body?.cancel();
      return { kind: "gone" };
    }
    const body = await readJson(response);
    if (!response.ok) throw translateYoutubeError(response, body);
    const video = videoAnswerSchema.safeParse(body);
    if (!video.success) {
      throw new ProviderApiError(PROVIDER, response.status, "unexpected_body");
    }
    return { kind: "complete", videoId: video.data.id };
  }

  return {
    /** Opens a session and returns its URL, a secret. Costs one insert of the day. */
    async open(token: string, details: VideoDetails, sizeBytes: number, mimeType: string): Promise<string> {
      const query = new URLSearchParams({ uploadType: "resumable", part: "snippet,status" });
      const response = await send(`${uploadUrl}/upload/youtube/v3/videos?${query}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json; charset=UTF-8",
          "x-upload-content-length": String(sizeBytes),
          "x-upload-content-type": mimeType,
        },
        body: JSON.stringify({
          snippet: { title: details.title, description: details.description, tags: details.tags },
          status: { privacyStatus: details.privacy, selfDeclaredMadeForKids: details.madeForKids },
        }),
      });
      const body = await readJson(response);
      if (!response.ok) throw translateYoutubeError(response, body);
      const location = response.headers.get("location");
      if (!location) {
        throw new ProviderApiError(PROVIDER, response.status, "no_session_url");
      }
      if (!isSessionUrl(location, uploadUrl)) {
        throw new ProviderApiError(PROVIDER, response.status, "session_url_not_allowed");
      }
      return location;
    },

    /**
     * Sends bytes [start, end) of a file of `total` bytes, which the body holds: an array, or the body of an answer
     * that nobody has touched. The last ones make the video.
     */
    async put(
      token: string,
      sessionUrl: string,
      body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
      { start, end, total }: { start: number; end: number; total: number },
    ) {
      const response = await send(sessionUrl, {
        method: "PUT",
        headers: { authorization: `Bearer ${token}`, "content-range": `bytes ${start}-${end - 1}/${total}` },
        body,
      });
      return await readState(response, end);
    },

    /** Where the session is: also tells whether a lost last answer made the video. */
    async ask(token: string, sessionUrl: string, total: number): Promise<SessionState> {
      const response = await send(sessionUrl, {
        method: "PUT",
        headers: { authorization: `Bearer ${token}`, "content-range": `bytes */${total}` },
        body: new Uint8Array(0),
      });
      return await readState(response, null);
    },
  };
}

/** Token and bytes go only to the host that opened the session, or another one of Google's interfaces. */
function isSessionUrl(address: string, uploadUrl: string): boolean {
  const url = URL.parse(address);
  if (!url || url.username !== "" || url.password !== "") return false;
  if (url.origin === new URL(uploadUrl).origin) return true;
  return url.protocol === "https:" && url.port === "" && url.hostname.endsWith(".googleapis.com");
}

/** Null for empty and non-JSON bodies. An answer that breaks off is none. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => {
    throw new ProviderApiError(PROVIDER, 0, "answer_cut_off");
  });
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
