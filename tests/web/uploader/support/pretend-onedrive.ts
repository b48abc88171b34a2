import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createQuickXorHash } from "../../../../web/src/features/uploads/uploader/quick-xor-hash.ts";

/** What goes wrong with one fragment. */
export type Fault =
  /** The connection breaks after so many bytes; `keep`: what arrived is stored. */
  | { kind: "cut"; after: number; keep?: boolean }
  /** The fragment is stored, then the connection breaks. */
  | { kind: "lost_answer" }
  /** An error instead of the effect, or after it. */
  | { kind: "status"; status: number; stored?: boolean; body?: string }
  /** Nothing is read and nothing answered. */
  | { kind: "hang" };

export interface Fragment {
  session: HostSession;
  start: number;
  end: number;
  total: number;
  headers: IncomingMessage["headers"];
  /** How often this start has been tried, from 1. */
  attempt: number;
}

export interface HostSession {
  id: string;
  size: number;
  stored: Uint8Array<ArrayBuffer>;
  next: number;
  /** The upload URL works; false is a session that OneDrive has forgotten or that is finished. */
  isOpen: boolean;
  isCommitted: boolean;
}

export interface UploadHost {
  url: string;
  sessions: Map<string, HostSession>;
  /** Every fragment that arrived, in order. */
  fragments: Fragment[];
  /** Most fragments under way at one moment, of all sessions and of any one. */
  peak: { all: number; session: number };
  /** Decides about every fragment; null lets it through. */
  fault: (fragment: Fragment) => Fault | null;
  open(size: number): HostSession;
  hashOf(session: HostSession): string;
  close(): Promise<void>;
}

/** A host of upload URLs with OneDrive's rules: in order, one at a time, aligned, nothing but two headers. */
export async function startUploadHost(): Promise<UploadHost> {
  const attempts = new Map<string, number>();
  const busy = new Map<string, number>();
  const server = createServer((request, response) => void serve(request, response).catch(() => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host: UploadHost = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sessions: new Map(),
    fragments: [],
    peak: { all: 0, session: 0 },
    fault: () => null,
    open(size) {
      const id = crypto.randomUUID();
      const session = { id, size, stored: new Uint8Array(size), next: 0, isOpen: true, isCommitted: false };
      host.sessions.set(id, session);
      return session;
    },
    hashOf({ stored }) {
      const hash = createQuickXorHash();
      hash.update(stored);
      return hash.digest();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return host;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const session = host.sessions.get(request.url!.slice(1));
    if (!session?.isOpen) return refuse(request, response, 404, "itemNotFound");
    const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.headers["content-range"] ?? "");
    if (!range) return refuse(request, response, 400, "invalidRequest");
    const [start, last, total] = range.slice(1).map(Number) as [number, number, number];
    const key = `${session.id} ${start}`;
    attempts.set(key, (attempts.get(key) ?? 0) + 1);
    const attempt = attempts.get(key)!;
    const fragment: Fragment = {
      session,
      start,
      end: last + 1,
      total,
      headers: request.headers,
      attempt,
    };
    host.fragments.push(fragment);
    busy.set(session.id, (busy.get(session.id) ?? 0) + 1);
    const counts = [...busy.values()];
    host.peak.session = Math.max(host.peak.session, ...counts);
    host.peak.all = Math.max(host.peak.all, counts.reduce((sum, count) => sum + count, 0));
    try {
      await receive(fragment, request, response);
    } finally {
      busy.set(session.id, busy.get(session.id)! - 1);
    }
  }

  async function receive(fragment: Fragment, request: IncomingMessage, response: ServerResponse) {
    const { session, start, end, total } = fragment;
    const fault = host.fault(fragment);
    if (fault?.kind === "hang") return await new Promise<void>((resolve) => response.on("close", resolve));
    if (total !== session.size) return refuse(request, response, 400, "invalidRequest");
    if (start !== session.next) return refuse(request, response, 416, "invalidRange", "fragmentOverlap");
    if (end < total && (end - start) % 327_680 !== 0) return refuse(request, response, 400, "invalidRequest");
    if (fault?.kind === "status" && !fault.stored) return refuse(request, response, fault.status, fault.body);
    const limit = fault?.kind === "cut" ? start + fault.after : end;
    const at = await store(request, session, start, limit);
    if (fault?.kind === "cut") {
      if (fault.keep) session.next = at;
      return;
    }
    session.next = at;
    if (fault?.kind === "status" && fault.status !== 201) {
      return refuse(request, response, fault.status, fault.body);
    }
    if (at === total) Object.assign(session, { isOpen: false, isCommitted: true });
    if (fault?.kind === "lost_answer") return void request.socket.destroy();
    const body = session.isCommitted ? { id: "01SIM" } : { nextExpectedRanges: [`${at}-${total - 1}`] };
    response.writeHead(session.isCommitted ? 201 : 202).end(JSON.stringify(body));
  }
}

/** Stores the body from `start` on; cuts the connection at `limit` if there is more. Resolves to the end. */
function store(
  request: IncomingMessage,
  session: HostSession,
  start: number,
  limit: number,
): Promise<number> {
  let at = start;
  return new Promise((resolve) => {
    request.on("data", (chunk: Uint8Array) => {
      const part = chunk.subarray(0, limit - at);
      session.stored.set(part, at);
      at += part.length;
      if (part.length < chunk.length) request.socket.destroy();
    });
    request.on("close", () => resolve(at));
    request.on("end", () => resolve(at));
  });
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, code = "x", inner = "y") {
  request.resume();
  const isHtml = code.startsWith("<");
  const error = { error: { code, message: "text", innererror: { code: inner } } };
  const answer = () => response.writeHead(status).end(isHtml ? code : JSON.stringify(error));
  if (request.readableEnded) answer();
  else request.on("end", answer);
}
