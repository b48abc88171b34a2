import { join } from "node:path";
import { Hono } from "hono";
import { readCaller, SERVER } from "../caller.ts";
import { drainBody } from "../request-body.ts";
import type { Storage } from "../storage.ts";
import { refusals } from "../storage-error.ts";
import { createTusServer } from "../tus/tus-server.ts";
import type { TusCaller } from "../tus/tus-server.ts";
import { TusStore } from "../tus/tus-store.ts";

const OPERATIONS: Readonly<Record<string, string>> = {
  POST: "storage.tus.upload.create",
  PATCH: "storage.tus.upload.part",
  HEAD: "storage.tus.upload.get",
  DELETE: "storage.tus.upload.delete",
  OPTIONS: "storage.tus.options",
};

export interface TusRoutes {
  readonly app: Hono;
  /** Removes uploads that expired. */
  sweep(): Promise<void>;
}

/** Resumable uploads at /upload/resumable, and at /upload/resumable/sign for holders of a signed upload URL. */
export async function createTusRoutes(storage: Storage): Promise<TusRoutes> {
  const dir = join(storage.config.dataDir, "uploads");
  await Deno.mkdir(dir, { recursive: true });
  const store = new TusStore(dir, storage.findLive);
  const callers = new WeakMap<Request, TusCaller>();
  const server = createTusServer(storage, store, (request) => callers.get(request)!);

  const handle = async (request: Request, caller: TusCaller): Promise<Response> => {
    callers.set(request, caller);
    const response = await server.handleWeb(request);
    if (response.status >= 400) await drainBody(request.body);
    // Which origins may call is the gateway's business.
    response.headers.delete("access-control-allow-origin");
    return response;
  };

  const app = new Hono();
  const signed = (request: Request) => handle(request, readSignedCaller(storage, request));
  const plain = async (request: Request) => handle(request, await readPlainCaller(storage, request));
  app.all("/sign", (c) => signed(c.req.raw));
  app.all("/sign/:id", (c) => signed(c.req.raw));
  app.all("/", (c) => plain(c.req.raw));
  app.all("/:id", (c) => plain(c.req.raw));
  return {
    app,
    sweep: async () => {
      await store.deleteExpired();
    },
  };
}

async function readPlainCaller(storage: Storage, request: Request): Promise<TusCaller> {
  const caller = request.method === "HEAD" || request.method === "OPTIONS"
    ? SERVER
    : await readCaller(request.headers, storage.config);
  const upsert = request.headers.get("x-upsert") === "true";
  return {
    operation: OPERATIONS[request.method] ?? "",
    isSigned: false,
    authorize: () => Promise.resolve({ caller, owner: caller.sub, upsert }),
  };
}

function readSignedCaller(storage: Storage, request: Request): TusCaller {
  return {
    operation: `${OPERATIONS[request.method] ?? ""}_signed`,
    isSigned: true,
    authorize: async (bucketId, name) => {
      const token = request.headers.get("x-signature");
      if (!token) throw refusals.invalidSignature("Missing x-signature header");
      const { owner, upsert } = await storage.tokens.verifyUpload(token, `${bucketId}/${name}`);
      return { caller: SERVER, owner, upsert };
    },
  };
}
