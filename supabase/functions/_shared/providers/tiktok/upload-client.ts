import { fetchOnOwnConnection } from "../../core/own-connection-fetch.ts";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import { PROVIDER, TiktokRefusal } from "./error-answer.ts";

const TIMEOUT_MS = 90_000;
const TYPES = ["video/mp4", "video/quicktime", "video/webm"];

/** What an upload holds after a chunk (rule: Content Posting API, Media Transfer Guide). */
export type UploadState =
  /** `bytes` is TikTok's own word, which may count one less; null when it says nothing. */
  | { kind: "stored"; bytes: number | null }
  /** Nothing of this chunk: the upload goes on at another place. */
  | { kind: "elsewhere"; bytes: number | null }
  | { kind: "complete" }
  /** The address is over or unknown. That says nothing of a post it may have made. */
  | { kind: "gone" };

export interface Chunk {
  start: number;
  /** Exclusive. */
  end: number;
  total: number;
}

export type TiktokUploadClient = ReturnType<typeof createTiktokUploadClient>;

/** Sends the bytes of posts. The default fetch never repeats a request unseen: the last chunk makes the post. */
export function createTiktokUploadClient(
  { fetch: doFetch = fetchOnOwnConnection }: { fetch?: typeof fetch },
) {
  return {
    /** Sends a chunk, which the body holds: an array, or the body of an answer that nobody has touched. */
    async put(
      uploadUrl: string,
      body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
      { start, end, total }: Chunk,
      mimeType: string,
    ): Promise<UploadState> {
      let response: Response;
      try {
        response = await doFetch(uploadUrl, {
          method: "PUT",
          headers: {
            "content-type": TYPES.includes(mimeType) ? mimeType : "video/mp4",
            "content-range": `bytes ${start}-${end - 1}/${total}`,
          },
          body,
          redirect: "manual",
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        await response.body?.cancel();
      } catch {
        // The cause would carry the address, which is a secret.
        throw new ProviderApiError(PROVIDER, 0, "no_answer");
      }
      return readState(response);
    },
  };
}

function readState(response: Response): UploadState {
  const { status } = response;
  if (status === 201) return { kind: "complete" };
  if (status === 206 || status === 416) {
    const stored = /^bytes 0-(\d+)\/\d+$/.exec(response.headers.get("content-range") ?? "")?.[1];
    const bytes = stored === undefined ? null : Number(stored);
    return { kind: status === 206 ? "stored" : "elsewhere", bytes };
  }
  if (status === 403 || status === 404) return { kind: "gone" };
  if (status >= 500 || status === 429) {
    throw new ProviderApiError(PROVIDER, status, "upload_failed", readRetryAfter(response));
  }
  throw new TiktokRefusal(`upload_${status}`, status, "");
}
