import { ProviderApiError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import { toUploadState, type UploadState } from "./adapter.ts";
import { PROVIDER, readErrorCodes, translateGraphError } from "./error-answer.ts";
import { type Answer, createSend, type HttpDeps, parseAnswer, retryTransient } from "./http.ts";
import { uploadSessionAnswerSchema } from "./schema.ts";
import { isUploadHost } from "./upload-host.ts";

/** Answers on an upload URL that mean "this session is over", whatever its expiry date says. */
const GONE_STATUSES = [401, 403, 404, 410];
const GONE_CODES = ["uploadSessionNotFound", "uploadSessionFailed"];
const FRAGMENT_TIMEOUT_MS = 90_000;

/** Bytes [start, end) of a file of `total` bytes. */
export interface RelayedFragment {
  bytes: Uint8Array<ArrayBuffer>;
  start: number;
  end: number;
  total: number;
  /** Aborts when the sender has left. */
  signal: AbortSignal;
}

/** OneDrive's own answer to a fragment, whatever it says. */
export interface FragmentReply {
  status: number;
  body: string;
  contentType: string;
  retryAfterSeconds: number | undefined;
}

export type UploadUrlClient = ReturnType<typeof createUploadUrlClient>;

interface UploadUrlOptions extends HttpDeps {
  /** Exact origins that may get fragments besides Microsoft's hosts. */
  allowOrigins?: readonly string[];
}

/** Calls on upload URLs. The URL is its own credential: an access token sent along would leak and be refused. */
export function createUploadUrlClient(options: UploadUrlOptions) {
  const { fetch: doFetch = fetch, allowOrigins = [] } = options;
  const send = createSend(options);

  return {
    /** What is stored so far, or null when the session is over (finished, expired or canceled alike). */
    async getState(uploadUrl: string): Promise<UploadState | null> {
      const answer = await retryTransient(async () => {
        const answer = await send(uploadUrl);
        if (answer.response.ok || isGone(answer)) return answer;
        throw translateGraphError(answer.response, answer.body);
      }, options);
      return answer.response.ok ? toUploadState(parseAnswer(uploadSessionAnswerSchema, answer)) : null;
    },

    /** Drops what is stored; false when the session was over already. */
    async cancel(uploadUrl: string): Promise<boolean> {
      const answer = await send(uploadUrl, { method: "DELETE" });
      if (answer.response.ok) return true;
      if (isGone(answer)) return false;
      throw translateGraphError(answer.response, answer.body);
    },

    /**
     * Passes one fragment on. The bytes are an array, since only then they go out with a Content-Length. Statuses are
     * the caller's; no answer at all, or an address that is not an upload host, is a ProviderApiError.
     */
    async sendFragment(
      uploadUrl: string,
      fragment: RelayedFragment,
    ): Promise<FragmentReply> {
      if (!isUploadHost(uploadUrl, allowOrigins)) {
        throw new ProviderApiError(PROVIDER, 400, "foreign_upload_host");
      }
      const { bytes, start, end, total, signal } = fragment;
      try {
        const response = await doFetch(uploadUrl, {
          method: "PUT",
          headers: {
            "content-range": `bytes ${start}-${end - 1}/${total}`,
            "content-type": "application/octet-stream",
          },
          body: bytes,
          redirect: "manual",
          signal: AbortSignal.any([
            signal,
            AbortSignal.timeout(FRAGMENT_TIMEOUT_MS),
          ]),
        });
        return {
          status: response.status,
          body: await response.text(),
          contentType: response.headers.get("content-type") ??
            "application/json",
          retryAfterSeconds: readRetryAfter(response),
        };
      } catch (cause) {
        throw new ProviderApiError(PROVIDER, 0, "no_answer", undefined, {
          cause,
        });
      }
    },
  };
}

function isGone({ response, body }: Answer): boolean {
  return GONE_STATUSES.includes(response.status) ||
    (response.status === 400 &&
      readErrorCodes(body).some((code) => GONE_CODES.includes(code)));
}
