/** The connection ended before the exchange did: the caller left, or a fault cut it. */
export class ConnectionCut extends Error {
  override name = "ConnectionCut";
}

/** Takes a chunk of a request body; a promise holds the sender back until it settles. */
export type ChunkSink = (chunk: Uint8Array) => void | Promise<void>;

/** A request body that is read at most once, in order. */
export interface RequestBody {
  /** Hands every chunk to `sink`; throws ConnectionCut when the body does not arrive whole. */
  pump(sink: ChunkSink): Promise<void>;
}

/** What a handler may use beyond the plain Request. */
export interface Exchange {
  readonly body: RequestBody;
  /** Whether the connection has ended. */
  readonly isGone: boolean;
  /** Set by a `slow_processing` fault: processing time of what this request touches, milliseconds. */
  processingMs: number | null;
  /** Sends another request through the same origin, faults and counts included. */
  dispatch(request: Request): Promise<Response>;
}

/** The service behind one origin, or a part of it. */
export type Handler = (request: Request, exchange: Exchange) => Response | Promise<Response>;

/** Reads and forgets the body, so that an early refusal reaches a client that is still sending. */
export async function discardBody(body: RequestBody): Promise<void> {
  await body.pump(() => {});
}
