/** Headers that concern one connection only (RFC 9110, 7.6.1). */
const HOP_HEADERS = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "host"];

interface ForwardOptions {
  readonly clientAddress: string;
  /** Extra headers for the service behind. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends a request on to `target` and streams the answer back. Bodies pass through unread in both directions,
 * with their Content-Length; redirects and ranges are left to the caller.
 */
export async function forward(request: Request, target: string, options: ForwardOptions): Promise<Response> {
  const headers = new Headers(request.headers);
  for (const name of HOP_HEADERS) headers.delete(name);
  const url = new URL(request.url);
  headers.set("x-forwarded-for", options.clientAddress);
  headers.set("x-forwarded-host", url.hostname);
  headers.set("x-forwarded-port", url.port);
  headers.set("x-forwarded-proto", "http");
  // An encoded answer would be decoded on the way and lose its length and its ranges.
  headers.set("accept-encoding", "identity");
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  const response = await fetch(target, {
    method: request.method,
    headers,
    body: hasBody(request) ? request.body : null,
    redirect: "manual",
  });
  const answered = new Headers(response.headers);
  for (const name of HOP_HEADERS) answered.delete(name);
  return new Response(response.body, {
    status: response.status,
    statusText: response.statusText,
    headers: answered,
  });
}

function hasBody(request: Request): boolean {
  if (request.method === "GET" || request.method === "HEAD") return false;
  const length = request.headers.get("content-length");
  return length !== null ? length !== "0" : request.headers.has("transfer-encoding");
}
