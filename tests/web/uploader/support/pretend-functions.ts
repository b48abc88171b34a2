import type {
  UploadSession,
  UploadUrlRequest,
} from "../../../../supabase/functions/_shared/contracts/onedrive.ts";
import type { Video } from "../../../../supabase/functions/_shared/contracts/videos.ts";
import type { HostSession, UploadHost } from "./pretend-onedrive.ts";

interface Row {
  session: UploadSession;
  host: HostSession;
  holder: string | null;
  heldUntil: number;
}

/** Long against the heartbeats of a living tab, short enough to wait for the end of a dead one's. */
const LEASE_MS = 250;

export interface PretendFunctions {
  url: string;
  rows: Row[];
  /** Every call as `METHOD path`, in order. */
  calls: string[];
  /** Bodies of `upload-url`, refused ones too. */
  creations: UploadUrlRequest[];
  /** Bodies of progress reports. */
  reports: { next_offset: number; hash?: { offset: number; state: string } }[];
  /** An answer instead of the effect; `lost`: the effect happens, the answer does not arrive. */
  fault: (call: string) => { status: number; code?: string } | "lost" | null;
  /** Holds an answer back. */
  hold: (call: string) => Promise<void> | void;
  /** How often `complete` says that OneDrive is not ready. */
  verifyingTimes: number;
  /** The file in OneDrive differs from what the browser sent. */
  isDamaged: boolean;
  close(): Promise<void>;
}

/** The upload routes of the `onedrive` function over a pretend host, for one user, without a database. */
export function startPretendFunctions(host: UploadHost): PretendFunctions {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, serve);
  const made: PretendFunctions = {
    url: `http://127.0.0.1:${server.addr.port}`,
    rows: [],
    calls: [],
    creations: [],
    reports: [],
    fault: () => null,
    hold: () => {},
    verifyingTimes: 0,
    isDamaged: false,
    close: () => server.shutdown(),
  };
  return made;

  async function serve(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const path = pathname.replace("/onedrive/", "");
    const call = `${request.method} ${path.replace(/[0-9a-f-]{36}/, ":id")}${search}`;
    made.calls.push(call);
    if (path.endsWith("/fragments")) return await relay(request, path.split("/")[1]!);
    const body = request.method === "POST" ? await request.text() : "";
    if (path === "upload-url") made.creations.push(JSON.parse(body));
    const fault = made.fault(call);
    if (fault && fault !== "lost") return fail(fault.status, fault.code ?? "internal_error");
    const answer = route(request.method, path, search, body, request.headers.get("x-uploader-id"));
    await made.hold(call);
    return fault === "lost" ? new Response("<html>", { status: 502 }) : answer;
  }

  async function relay(request: Request, id: string): Promise<Response> {
    const row = made.rows.find(({ session }) => session.upload_session_id === id);
    if (row?.holder !== request.headers.get("x-uploader-id")) return fail(409, "upload_in_use");
    row.heldUntil = Date.now() + LEASE_MS;
    const headers = new Headers();
    for (const name of ["content-range", "content-type"]) headers.set(name, request.headers.get(name)!);
    const body = await request.arrayBuffer();
    return await fetch(row.session.upload_url!, { method: "PUT", headers, body })
      .catch(() => fail(502, "provider_failed"));
  }

  function route(method: string, path: string, search: string, body: string, uploader: string | null) {
    if (path === "upload-url") return Response.json(create(JSON.parse(body), uploader).session);
    if (path === "uploads") {
      const open = made.rows.filter(({ session }) => ["active", "verifying"].includes(session.status));
      return Response.json({ uploads: open.map(({ session }) => ({ ...session, upload_url: null })) });
    }
    const [, id, action] = path.split("/");
    const row = made.rows.find(({ session }) => session.upload_session_id === id);
    if (!row) return fail(404, "upload_not_found");
    if (method === "DELETE") {
      row.session.status = "canceled";
      row.host.isOpen = false;
      return new Response(null, { status: 204 });
    }
    if (action === "complete") return complete(row, JSON.parse(body).quickxor);
    if (row.session.status === "active") {
      const isFree = row.holder === uploader || row.heldUntil < Date.now();
      if (!isFree && !search.includes("take_over=true")) return fail(409, "upload_in_use");
      Object.assign(row, { holder: uploader, heldUntil: Date.now() + LEASE_MS });
    }
    if (action === "progress") return report(row, JSON.parse(body));
    if (action === "restart") return Response.json(reopen(row));
    return Response.json(sync(row));
  }

  function create(request: UploadUrlRequest, uploader: string | null): Row {
    const opened = host.open(request.size);
    const row: Row = {
      host: opened,
      holder: uploader,
      heldUntil: Date.now() + LEASE_MS,
      session: {
        upload_session_id: crypto.randomUUID(),
        upload_url: `${host.url}/${opened.id}`,
        fragment_size: 327_680,
        next_offset: 0,
        expires_at: "2030-01-01T00:00:00Z",
        status: "active",
        filename: request.filename,
        size: request.size,
        mime_type: request.mime_type,
        product_id: request.product_id ?? null,
        fingerprint: request.fingerprint,
        hash: null,
        video_id: null,
        error_code: null,
      },
    };
    made.rows.push(row);
    return row;
  }

  function sync({ session, host: opened }: Row): UploadSession {
    if (session.status !== "active") return session;
    if (opened.isCommitted) Object.assign(session, { status: "verifying", upload_url: null });
    else if (opened.isOpen && opened.next === session.size) {
      Object.assign(session, { status: "expired", upload_url: null, error_code: "name_taken" });
    } else if (!opened.isOpen) Object.assign(session, { status: "expired", upload_url: null });
    session.next_offset = opened.next;
    return session;
  }

  function reopen(row: Row): UploadSession {
    row.host.isOpen = false;
    row.host = host.open(row.session.size);
    const fresh = { status: "active", next_offset: 0, hash: null, upload_url: `${host.url}/${row.host.id}` };
    return Object.assign(row.session, fresh);
  }

  function report({ session }: Row, body: PretendFunctions["reports"][number]): Response {
    if (session.status !== "active") return fail(409, "upload_not_active");
    if ((body.hash?.offset ?? 0) > body.next_offset) return fail(422, "offset_out_of_range");
    made.reports.push(body);
    session.next_offset = body.next_offset;
    if (body.hash) session.hash = body.hash;
    return new Response(null, { status: 204 });
  }

  function complete({ session, host: opened }: Row, quickxor: string): Response {
    if (!opened.isCommitted) return fail(409, "upload_incomplete");
    if (made.verifyingTimes-- > 0) {
      session.status = "verifying";
      return Response.json({ status: "verifying", retry_after_ms: 5 }, { status: 202 });
    }
    if (made.isDamaged || quickxor !== host.hashOf(opened)) {
      session.status = "failed";
      return fail(422, "hash_mismatch");
    }
    session.status = "complete";
    return Response.json(videoOf(session, quickxor));
  }
}

function fail(status: number, code: string): Response {
  const body = { code, message: `A sentence about ${code}.`, requestId: "r" };
  return Response.json(body, { status });
}

function videoOf(session: UploadSession, quickxor: string): Video {
  return {
    id: crypto.randomUUID(),
    product_id: session.product_id,
    filename: session.filename,
    onedrive_item_id: "01SIM",
    onedrive_path: `/Cliprelay/${session.filename}`,
    size_bytes: session.size,
    mime_type: session.mime_type,
    duration_ms: null,
    width: null,
    height: null,
    quickxor_hash: quickxor,
    poster_path: null,
    upload_status: "complete",
    is_primary: false,
    source: "upload",
    unreachable_at: null,
    unreachable_reason: null,
    content_changed_at: null,
    created_at: "2030-01-01T00:00:00Z",
    updated_at: "2030-01-01T00:00:00Z",
  };
}
