import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";

export interface HttpServer {
  /** Takes no new requests and waits for those that run. */
  close(): Promise<void>;
}

/** Longer than the gateway keeps an idle connection, so that it never sends into one we are closing. */
const KEEP_ALIVE_MS = 120_000;

/**
 * Serves web requests on node:http. Deno.serve (2.9) copies its whole receive buffer for each piece of a chunked
 * body it hands out: 100 MB sent faster than they are written to disk take it up to half a minute.
 */
export function serve(
  port: number,
  handle: (request: Request) => Response | Promise<Response>,
): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, port, handle).catch((error) => {
      console.error(error);
      outgoing.destroy();
    });
  });
  // Uploads take as long as they take.
  server.requestTimeout = 0;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve({ close: () => new Promise((done) => server.close(() => done())) });
    });
  });
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  handle: (request: Request) => Response | Promise<Response>,
): Promise<void> {
  const response = await handle(toRequest(incoming, port));
  if (outgoing.destroyed) return await response.body?.cancel();
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  // What is still coming in belongs to a request that has its answer.
  if (!incoming.complete) outgoing.setHeader("connection", "close");
  outgoing.writeHead(response.status);
  if (response.body) await send(response.body, outgoing);
  else outgoing.end();
}

function toRequest(incoming: IncomingMessage, port: number): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const method = incoming.method ?? "GET";
  const hasBody = headers.has("transfer-encoding") || Number(headers.get("content-length") ?? 0) > 0;
  const path = incoming.url?.startsWith("/") ? incoming.url : "/";
  return new Request(`http://127.0.0.1:${port}${path}`, {
    method,
    headers,
    body: hasBody && method !== "GET" && method !== "HEAD"
      ? Readable.toWeb(incoming) as ReadableStream<Uint8Array>
      : null,
  });
}

/** Sends a body at the pace of the client; a client that goes away ends the reading. */
async function send(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader();
  const { promise: gone, resolve: leave } = Promise.withResolvers<"gone">();
  outgoing.once("close", () => leave("gone"));
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      if (outgoing.write(value)) continue;
      const drained = new Promise<"drained">((resolve) => outgoing.once("drain", () => resolve("drained")));
      if (await Promise.race([drained, gone]) === "gone") return await reader.cancel();
    }
    outgoing.end();
  } catch (error) {
    // The length was announced: a connection that breaks tells the client that bytes are missing.
    outgoing.destroy();
    throw error;
  }
}
