import { ConnectionCut, discardBody, type Exchange, type Handler, type RequestBody } from "./exchange.ts";
import type { FaultEngine, FiredFault } from "./faults.ts";
import type { IncomingExchange } from "./incoming-exchange.ts";
import type { RequestLog } from "./request-log.ts";
import type { ServiceName } from "./services.ts";
import type { SettingsStore } from "./settings.ts";

/** One scheme + host of a real service. */
export interface Origin {
  service: ServiceName;
  handle: Handler;
  /** The provider's own answer for an injected status. `retryAfterS` is set for a throttled call. */
  refuse(status: number, retryAfterS: number | null, request: Request): Response;
  /** Last touch on every answer, for example cross-origin headers. */
  decorate?(request: Request, response: Response): Response;
  /** Revokes what the request presents as proof, so that handling it refuses. `value` is the fault's own. */
  revoke?(request: Request, value: number | null): void | Promise<void>;
  /** The path with ids replaced, for the request counts. */
  describeRoute(path: string): string;
}

export interface OriginDeps {
  faults: FaultEngine;
  log: RequestLog;
  settings: SettingsStore;
}

/**
 * Serves the requests of one origin: applies the faults they meet, asks the handler, counts the outcome.
 *
 * HTTP clients (browsers, Deno) silently repeat a request when a connection they had used before ends without an
 * answer. While a cut is pending every request gets a connection of its own, so that the cut is seen; the setting
 * `reuse_cut_connections` leaves that out, to show what the silent repeat does to a client.
 */
export function createOriginServer(origin: Origin, deps: OriginDeps) {
  return async function serveOrigin(request: Request, exchange: IncomingExchange): Promise<void> {
    exchange.dispatch = (inner) => serveInner(inner);
    if (deps.faults.hasPendingCut(origin.service) && !isReused()) exchange.closeAfterAnswer();
    await serve(request, exchange, (response) => exchange.send(response));
  };

  function isReused(): boolean {
    return deps.settings.get(origin.service, "reuse_cut_connections", false);
  }

  async function serve(
    request: Request,
    exchange: CuttableExchange,
    send: (response: Response) => Promise<void>,
  ): Promise<void> {
    const path = new URL(request.url).pathname;
    const faults = new FaultSet(deps.faults.take(origin.service, request.method, path));
    let status = 0;
    try {
      const response = await respond(origin, request, exchange, faults);
      await send(response);
      status = response.status;
    } finally {
      faults.releaseUnused();
      deps.log.add(origin.service, request.method, origin.describeRoute(path), status);
    }
  }

  /** A request inside a request has no socket of its own: what would cut it fails it with 504. */
  async function serveInner(request: Request): Promise<Response> {
    let answer = origin.refuse(504, null, request);
    try {
      await serve(
        request,
        new InnerExchange(request),
        (response) => Promise.resolve(void (answer = response)),
      );
    } catch (error) {
      if (!(error instanceof ConnectionCut)) throw error;
    }
    return answer;
  }
}

/** An exchange on which faults can act. */
interface CuttableExchange extends Exchange {
  dropAfter(bytes: number, onDropped: () => void): void;
  cut(): void;
}

class InnerExchange implements CuttableExchange {
  readonly isGone = false;
  processingMs: number | null = null;
  readonly body: RequestBody;

  constructor(request: Request) {
    this.body = { pump: async (sink) => await sink(await request.bytes()) };
  }

  dispatch(): Promise<Response> {
    throw new Error("Requests are nested one deep.");
  }

  dropAfter(): void {}

  cut(): void {}
}

async function respond(origin: Origin, request: Request, exchange: CuttableExchange, faults: FaultSet) {
  await pause(faults.value("delay") ?? 0);
  if (faults.has("revoke")) await origin.revoke?.(request, faults.value("revoke"));
  exchange.processingMs = faults.value("slow_processing");
  const dropAfter = faults.value("drop_after");
  if (dropAfter !== null) exchange.dropAfter(dropAfter, () => faults.markDropped());

  const response = await refuseAtOnce(origin, request, exchange, faults) ??
    await origin.handle(request, exchange);
  if (faults.has("lost_answer")) {
    await response.body?.cancel();
    exchange.cut();
    throw new ConnectionCut();
  }
  const statusAfter = faults.value("status_after");
  const answer = statusAfter === null ? response : origin.refuse(statusAfter, null, request);
  return origin.decorate?.(request, answer) ?? answer;
}

async function refuseAtOnce(origin: Origin, request: Request, exchange: Exchange, faults: FaultSet) {
  const status = faults.has("rate_limit") ? 429 : faults.value("status");
  if (status === null) return null;
  await discardBody(exchange.body);
  const retryAfterS = faults.has("rate_limit") ? faults.value("rate_limit") : faults.retryAfterS;
  return origin.refuse(status, retryAfterS, request);
}

function pause(milliseconds: number): Promise<void> | void {
  if (milliseconds > 0) return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The faults of one request. Only `drop_after` can turn out to have had no effect. */
class FaultSet {
  #fired: FiredFault[];
  #isDropped = false;

  constructor(fired: FiredFault[]) {
    this.#fired = fired;
  }

  has(kind: FiredFault["kind"]): boolean {
    return this.#fired.some((fault) => fault.kind === kind);
  }

  value(kind: FiredFault["kind"]): number | null {
    return this.#fired.find((fault) => fault.kind === kind)?.value ?? null;
  }

  /** What an injected status asks for; null when it says nothing. */
  get retryAfterS(): number | null {
    return this.#fired.find((fault) => fault.kind === "status")?.retryAfterS ?? null;
  }

  markDropped(): void {
    this.#isDropped = true;
  }

  releaseUnused(): void {
    if (this.#isDropped) return;
    for (const fault of this.#fired) if (fault.kind === "drop_after") fault.release();
  }
}
