import { z } from "zod";
import { fetchOnOwnConnection } from "../../core/own-connection-fetch.ts";
import { ProviderApiError, ProviderAuthError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";

const TIMEOUT_MS = 90_000;
const debugSchema = z.object({
  debug_info: z.object({ retriable: z.boolean().default(false), type: z.string().default("") }),
});
/** The host has other bytes than we thought: the status of the upload says how many. */
const ELSEWHERE_TYPES = ["OffsetInvalidError", "PartialRequestError"];

/** The host will not take this upload any more; another one may do. */
export class UploadRefused extends Error {
  override readonly name = "UploadRefused";
  constructor(readonly type: string) {
    super(`The upload was refused: ${type}`);
  }
}

/** Bytes of one request: an array, or the body of an answer that nobody has touched. */
export type UploadBody = ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;

export type MetaUploadClient = ReturnType<typeof createMetaUploadClient>;

/**
 * Meta's upload host, for Reels of Pages (`video-upload`) and for Instagram accounts behind a Page
 * (`ig-api-upload`). `provider` is the name that failures carry.
 */
export function createMetaUploadClient(options: {
  uploadUrl: string;
  version: string;
  kind: "video-upload" | "ig-api-upload";
  provider: string;
  fetch?: typeof fetch;
}) {
  const { provider, fetch: doFetch = fetchOnOwnConnection } = options;

  return {
    /**
     * Sends bytes from `start` on of a file of `total` bytes. True when the file is whole now; false when the host
     * wants to be asked where it is: the body was a part, or began elsewhere.
     */
    async put(
      token: string,
      id: string,
      body: UploadBody,
      { start, total }: { start: number; total: number },
    ): Promise<boolean> {
      const answer = await send(`${options.uploadUrl}/${options.kind}/${options.version}/${id}`, {
        method: "POST",
        headers: {
          // This host takes no Bearer.
          authorization: `OAuth ${token}`,
          offset: String(start),
          file_size: String(total),
          "content-type": "application/octet-stream",
        },
        body,
      });
      if (answer.response.ok) return true;
      if (answer.type !== null && ELSEWHERE_TYPES.includes(answer.type)) return false;
      throw toFailure(answer);
    },
  };

  async function send(url: string, init: RequestInit) {
    try {
      const response = await doFetch(url, {
        ...init,
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      const parsed = debugSchema.safeParse(parseJson(text));
      const { type = null, retriable = false } = parsed.data?.debug_info ?? {};
      return { response, type, isRetriable: retriable };
    } catch {
      throw new ProviderApiError(provider, 0, "no_answer");
    }
  }

  function toFailure({ response, type, isRetriable }: Awaited<ReturnType<typeof send>>): Error {
    const { status } = response;
    const name = type ?? "";
    if (status === 401 || /^NotAuthorized|OAuth/.test(name)) return new ProviderAuthError(provider, name);
    if (status === 429) return new ProviderApiError(provider, 429, name, readRetryAfter(response));
    if (status >= 500 || isRetriable || type === null) {
      return new ProviderApiError(provider, Math.max(status, 500), name, readRetryAfter(response));
    }
    return new UploadRefused(name);
  }
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
