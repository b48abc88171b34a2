import { isOutgoingUrlAllowed } from "../../core/outgoing-url.ts";
import { ProviderApiError, ProviderConfigError } from "../../core/provider-errors.ts";
import { createProviderHttp, type ProviderAnswer } from "../../core/provider-http.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import { toState, type TranscoderState } from "./adapter.ts";
import { transcoderErrorSchema, transcoderJobSchema, type TranscodeTarget } from "./schema.ts";

const PROVIDER = "transcoder";
const RESULT_TIMEOUT_MS = 60_000;

export type TranscoderClient = ReturnType<typeof createTranscoderClient>;

export interface StartedJob {
  id: string;
  state: TranscoderState;
}

export interface TranscoderOptions {
  /** Origin, without a path. */
  url: string;
  key: string;
  allowOrigins: readonly string[];
  fetch?: typeof fetch;
}

/** The transcoder service (docs/transcoder.md). Throws ProviderApiError, ProviderConfigError for a refused key. */
export function createTranscoderClient({
  url,
  key,
  allowOrigins,
  fetch: doFetch = fetch,
}: TranscoderOptions) {
  const http = createProviderHttp(PROVIDER, { fetch: doFetch });
  const authorization = `Bearer ${key}`;

  return {
    /** Begins a job, or finds the one this idempotency key has begun. The service reads the file by its address. */
    async start(idempotencyKey: string, sourceUrl: string, target: TranscodeTarget): Promise<StartedJob> {
      if (!isOutgoingUrlAllowed(sourceUrl, allowOrigins)) {
        throw new ProviderApiError(PROVIDER, 422, "source_address_not_allowed");
      }
      const answer = await http.send(`${url}/jobs`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json", "idempotency-key": idempotencyKey },
        body: JSON.stringify({ source_url: sourceUrl, target }),
      });
      if (!answer.response.ok) throw toError(answer);
      const job = http.parse(transcoderJobSchema, answer);
      return { id: job.id, state: toState(job) };
    },

    /** Null when the service does not know the job any more. */
    async find(jobId: string): Promise<TranscoderState | null> {
      const answer = await http.send(`${url}/jobs/${encodeURIComponent(jobId)}`, {
        headers: { authorization },
      });
      if (answer.response.ok) return toState(http.parse(transcoderJobSchema, answer));
      if (answer.response.status === 404 || answer.response.status === 410) return null;
      throw toError(answer);
    },

    /** Bytes [start, end) of a result. The key goes along only to the service itself. */
    async readResult(resultUrl: string, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
      const isOwn = URL.parse(resultUrl)?.origin === new URL(url).origin;
      if (!isOwn && !isOutgoingUrlAllowed(resultUrl, allowOrigins)) {
        throw new ProviderApiError(PROVIDER, 422, "result_address_not_allowed");
      }
      const headers: Record<string, string> = {
        range: `bytes=${start}-${end - 1}`,
        "accept-encoding": "identity",
      };
      if (isOwn) headers.authorization = authorization;
      const response = await doFetch(resultUrl, {
        headers,
        redirect: "manual",
        signal: AbortSignal.timeout(RESULT_TIMEOUT_MS),
      }).catch(() => {
        // The cause would carry the address, which may open the file.
        throw new ProviderApiError(PROVIDER, 0, "no_answer");
      });
      const isPart = response.status === 206 &&
        response.headers.get("content-range")?.startsWith(`bytes ${start}-${end - 1}/`);
      if (isPart && response.body) return await readBody(response.body, end - start);
      await response.body?.cancel();
      throw new ProviderApiError(
        PROVIDER,
        response.status,
        response.ok ? "range_ignored" : "",
        readRetryAfter(response),
      );
    },
  };
}

/** Exactly `length` bytes, never more in memory. */
async function readBody(body: ReadableStream<Uint8Array>, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let at = 0;
  try {
    for await (const part of body) {
      if (at + part.length > length) throw new ProviderApiError(PROVIDER, 206, "too_many_bytes");
      bytes.set(part, at);
      at += part.length;
    }
  } catch (error) {
    if (error instanceof ProviderApiError) throw error;
    throw new ProviderApiError(PROVIDER, 0, "cut_off");
  }
  if (at < length) throw new ProviderApiError(PROVIDER, 0, "cut_off");
  return bytes;
}

function toError({ response, body }: ProviderAnswer): Error {
  const code = transcoderErrorSchema.safeParse(body).data?.code ?? "";
  if (response.status === 401 || response.status === 403) {
    return new ProviderConfigError(PROVIDER, code || "refused");
  }
  return new ProviderApiError(PROVIDER, response.status, code, readRetryAfter(response));
}
