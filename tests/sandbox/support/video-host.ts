/** How a host of videos behaves: well, or like one of the servers that Instagram cannot pull from. */
export type HostMode =
  | "good"
  | "no-head"
  | "redirect"
  | "page"
  | "ignores-range"
  | "gone-on-get"
  | "wrong-range"
  | "huge"
  | "silent"
  | "breaks-once"
  | "breaks-always";

/** A server of one video on this machine; the mode is the first part of the path. */
export class VideoHost {
  readonly requests: { method: string; mode: HostMode; range: string | null; agent: string | null }[] = [];
  #server: Deno.HttpServer<Deno.NetAddr>;
  #bytes: Uint8Array<ArrayBuffer>;
  #closing = new AbortController();
  #breaks = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    this.#server = Deno.serve({
      port: 0,
      hostname: "127.0.0.1",
      onListen() {},
      onError: () => new Response(null, { status: 500 }),
    }, (request) => this.#serve(request));
  }

  url(mode: HostMode = "good"): string {
    return `http://127.0.0.1:${this.#server.addr.port}/${mode}/clip.mp4`;
  }

  async stop(): Promise<void> {
    this.#closing.abort();
    await this.#server.shutdown();
  }

  #serve(request: Request): Response | Promise<Response> {
    const mode = new URL(request.url).pathname.split("/")[1] as HostMode;
    const range = request.headers.get("range");
    this.requests.push({ method: request.method, mode, range, agent: request.headers.get("user-agent") });
    if (request.method === "HEAD") return this.#answerHead(mode);
    return this.#answerGet(mode, range);
  }

  #answerHead(mode: HostMode): Response | Promise<Response> {
    if (mode === "no-head") return new Response(null, { status: 405 });
    if (mode === "redirect") return new Response(null, { status: 302, headers: { location: this.url() } });
    if (mode === "page") return new Response(null, { headers: { "content-type": "text/html" } });
    if (mode === "silent") return this.#untilClosed();
    return new Response(null, {
      headers: { "content-type": "video/mp4", "content-length": String(this.#bytes.length) },
    });
  }

  #answerGet(mode: HostMode, range: string | null): Response {
    const headers: Record<string, string> = { "content-type": "video/mp4" };
    if (mode === "ignores-range") return new Response(this.#bytes, { headers });
    if (mode === "gone-on-get") return new Response("gone", { status: 404 });
    const [, from = "0", to = ""] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
    const start = mode === "wrong-range" ? Number(from) + 1 : Number(from);
    const end = Math.min(this.#bytes.length - 1, Number(to || Infinity));
    const total = mode === "huge" ? 301 * 1024 * 1024 : this.#bytes.length;
    headers["content-range"] = `bytes ${start}-${end}/${total}`;
    const part = this.#bytes.subarray(start, end + 1);
    const isBroken = mode === "breaks-always" || (mode === "breaks-once" && this.#breaks++ === 0);
    return new Response(isBroken ? breakAfter(part.subarray(0, 1000)) : part, { status: 206, headers });
  }

  #untilClosed(): Promise<Response> {
    return new Promise((resolve) => {
      this.#closing.signal.addEventListener("abort", () => resolve(new Response(null)));
    });
  }
}

/** Some bytes, then an error that cuts the connection. */
function breakAfter(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(new Error("The connection breaks."));
      else controller.enqueue(bytes);
      isSent = true;
    },
  });
}
