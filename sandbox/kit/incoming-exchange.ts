import type { IncomingMessage, ServerResponse } from "node:http";
import { type ChunkSink, ConnectionCut, type Exchange, type RequestBody } from "./exchange.ts";

/** One request and its answer on a real socket. */
export class IncomingExchange implements Exchange {
  processingMs: number | null = null;
  dispatch: Exchange["dispatch"] = () => Promise.reject(new Error("This origin has no inner requests."));
  readonly body: RequestBody = { pump: (sink) => this.#pump(sink) };
  #incoming: IncomingMessage;
  #outgoing: ServerResponse;
  #dropAfter: number | null = null;
  #onDropped: () => void = () => {};

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    incoming.on("error", () => {});
    outgoing.on("error", () => {});
  }

  get isGone(): boolean {
    return this.#incoming.socket.destroyed;
  }

  /** Arms a cut after `bytes` of the request body, or of the answer's body if the request's is shorter. */
  dropAfter(bytes: number, onDropped: () => void): void {
    this.#dropAfter = bytes;
    this.#onDropped = onDropped;
  }

  /** Ends the connection after the answer instead of keeping it for the next request. */
  closeAfterAnswer(): void {
    this.#outgoing.setHeader("connection", "close");
  }

  /** The request as a web Request; null when its address cannot be read. Its body is only read on demand. */
  toRequest(): Request | null {
    const { method = "GET", url = "/", headers, rawHeaders } = this.#incoming;
    const address = URL.parse(`http://${headers.host ?? "localhost"}${url.startsWith("/") ? url : "/"}`);
    if (address === null) return null;
    const list: [string, string][] = [];
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) list.push([rawHeaders[at]!, rawHeaders[at + 1]!]);
    const hasBody = method !== "GET" && method !== "HEAD";
    return new Request(address, { method, headers: list, body: hasBody ? this.#lazyBody() : null });
  }

  /** Closes the socket at once; the client sees a network error, not an answer. */
  cut(): void {
    this.#incoming.socket.destroy();
  }

  refuseMalformed(): void {
    this.#outgoing.writeHead(400, { connection: "close" }).end();
  }

  /** Ends the exchange after an unexpected error: 500 if nothing was sent yet, else a cut. */
  fail(error: unknown): void {
    if (error instanceof ConnectionCut || this.#outgoing.headersSent) return this.cut();
    console.error(error);
    this.#outgoing.writeHead(500, { "content-type": "text/plain" }).end("The sandbox failed; see its log.");
  }

  /** Sends the answer with back-pressure. Throws ConnectionCut when it could not be sent whole. */
  async send(response: Response): Promise<void> {
    const outgoing = this.#outgoing;
    if (this.isGone) {
      await response.body?.cancel();
      throw new ConnectionCut();
    }
    outgoing.statusCode = response.status;
    for (const [name, value] of response.headers) {
      if (name !== "set-cookie") outgoing.setHeader(name, value);
    }
    const cookies = response.headers.getSetCookie();
    if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
    if (response.body === null || this.#incoming.method === "HEAD") {
      await response.body?.cancel();
      if (this.#dropAfter === 0) this.#drop();
      outgoing.end();
      return;
    }
    await this.#sendBody(response.body);
  }

  async #sendBody(body: ReadableStream<Uint8Array>): Promise<void> {
    const outgoing = this.#outgoing;
    let sent = 0;
    for await (const chunk of body) {
      if (outgoing.destroyed) throw new ConnectionCut();
      if (this.#dropAfter !== null && sent + chunk.length >= this.#dropAfter) {
        await this.#write(chunk.subarray(0, this.#dropAfter - sent));
        this.#drop();
      }
      sent += chunk.length;
      await this.#write(chunk);
    }
    outgoing.end();
  }

  #write(chunk: Uint8Array): Promise<void> | void {
    const outgoing = this.#outgoing;
    if (outgoing.write(chunk)) return;
    return new Promise((resolve) => {
      const done = () => {
        outgoing.off("drain", done).off("close", done);
        resolve();
      };
      outgoing.on("drain", done).on("close", done);
    });
  }

  #drop(): never {
    this.#onDropped();
    this.cut();
    throw new ConnectionCut();
  }

  #pump(sink: ChunkSink): Promise<void> {
    const incoming = this.#incoming;
    const length = Number(incoming.headers["content-length"] ?? Infinity);
    const dropAt = this.#dropAfter !== null && this.#dropAfter <= length ? this.#dropAfter : Infinity;
    let received = 0;
    let held: Promise<void> | void;
    return new Promise((resolve, reject) => {
      if (incoming.readableEnded) return resolve();
      if (incoming.destroyed) return reject(new ConnectionCut());
      // The sink may still be at work on the last chunk: what comes after the body must not overtake it.
      const finish = (error?: unknown) => {
        incoming.off("data", take).off("end", finished).off("close", closed);
        Promise.resolve(held).then(() => error === undefined ? resolve() : reject(error), reject);
      };
      const finished = () => finish();
      const closed = () => finish(new ConnectionCut());
      const take = (chunk: Uint8Array) => {
        const isCut = received + chunk.length >= dropAt;
        const part = isCut ? chunk.subarray(0, dropAt - received) : chunk;
        received += part.length;
        held = passOn(sink, part);
        if (isCut) {
          // The rest of the body may arrive before the cut: it is no regular end.
          incoming.off("data", take).off("end", finished);
          this.#onDropped();
          void Promise.allSettled([held]).then(() => this.cut());
        } else if (held) {
          incoming.pause();
          held.then(() => incoming.resume(), finish);
        }
      };
      incoming.on("data", take).on("end", finished).on("close", closed);
    });
  }

  /** A stream that starts reading the socket only when somebody reads the stream. */
  #lazyBody(): ReadableStream<Uint8Array> {
    let started = false;
    let wanted: (() => void) | null = null;
    return new ReadableStream<Uint8Array>({
      pull: (controller) => {
        wanted?.();
        if (started) return;
        started = true;
        this.#pump((chunk) => {
          controller.enqueue(chunk);
          return new Promise((resolve) => wanted = resolve);
        }).then(() => controller.close(), (error) => controller.error(error));
      },
    }, { highWaterMark: 0 });
  }
}

/** Calls the sink; an error thrown at once becomes a rejected promise like one thrown later. */
function passOn(sink: ChunkSink, chunk: Uint8Array): Promise<void> | void {
  try {
    return sink(chunk);
  } catch (error) {
    return Promise.reject(error);
  }
}
