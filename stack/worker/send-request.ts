/** A row of net.http_request_queue. */
export interface QueuedRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string> | null;
  readonly body: string | null;
  readonly timeoutMs: number;
}

/** A row of net._http_response. */
export interface Answer {
  readonly id: string;
  readonly statusCode: number | null;
  readonly contentType: string | null;
  readonly headers: Record<string, string> | null;
  readonly content: string | null;
  readonly timedOut: boolean | null;
  readonly errorMessage: string | null;
}

/** Connections are not kept: one that the other side has closed meanwhile would fail the next request. */
const client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });

/** Sends one request; what goes wrong becomes part of the answer, never an exception. */
export async function sendRequest(request: QueuedRequest): Promise<Answer> {
  const nothing = { id: request.id, statusCode: null, contentType: null, headers: null, content: null };
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers ?? {},
      body: request.body,
      client,
      signal,
    });
    const content = await response.text();
    return {
      id: request.id,
      statusCode: response.status,
      contentType: response.headers.get("content-type"),
      headers: Object.fromEntries(response.headers),
      // Postgres text holds no NUL.
      content: content.replaceAll("\0", ""),
      timedOut: false,
      errorMessage: null,
    };
  } catch (error) {
    const took = (performance.now() - startedAt).toFixed(3);
    return signal.aborted
      ? {
        ...nothing,
        timedOut: true,
        errorMessage: `Timeout of ${request.timeoutMs} ms reached. Total time: ${took} ms`,
      }
      : { ...nothing, timedOut: null, errorMessage: describe(error) };
  }
}

/** The fault in libcurl's words, which pg_net stores. */
function describe(error: unknown): string {
  const text = `${error} ${(error as { cause?: unknown })?.cause ?? ""}`;
  if (/refused/i.test(text)) return "Couldn't connect to server";
  if (/dns|resolve|lookup|name or service/i.test(text)) return "Couldn't resolve host name";
  if (/closed|reset|eof/i.test(text)) return "Server returned nothing (no headers, no data)";
  return error instanceof Error ? error.message : String(error);
}
