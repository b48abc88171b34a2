import { Hono } from "hono";
import { z } from "zod";
import { findBucket } from "../bucket-rows.ts";
import type { Caller } from "../caller.ts";
import { readCaller, SERVER } from "../caller.ts";
import { requireValidBucketName, requireValidKey } from "../names.ts";
import { findObject } from "../object-rows.ts";
import type { ObjectRow } from "../object-rows.ts";
import { serveObject } from "../serve-object.ts";
import type { Storage } from "../storage.ts";
import { refusals } from "../storage-error.ts";
import { readQuery } from "../validate.ts";

const downloadSchema = z.object({ download: z.string().optional() });
const signedSchema = downloadSchema.extend({ token: z.string() });

type Access = "public" | "authenticated" | "either";

/** Downloads, HEAD and info. `GET` answers `HEAD` too: the handlers leave the body out. */
export function createReadRoutes(storage: Storage): Hono {
  const app = new Hono();

  const serve =
    (access: Access, operation: string) => async (request: Request, bucket: string, key: string) => {
      const caller = await openForReading(storage, request, bucket, key, access, operation);
      const find = () => storage.database.run(caller, operation, (tx) => findObject(tx, bucket, key));
      return await serveObject(storage, request, find, readQuery(request.url, downloadSchema));
    };
  const describe =
    (access: Access, operation: string) => async (request: Request, bucket: string, key: string) => {
      const caller = await openForReading(storage, request, bucket, key, access, operation);
      const row = await storage.database.run(caller, operation, (tx) => findObject(tx, bucket, key));
      if (!row) throw refusals.noSuchKey();
      return Response.json(toInfo(row), { headers: { "cache-control": "no-cache" } });
    };

  app.get("/public/:bucket/:key{.+}", (c) => {
    return serve("public", "storage.object.get_public")(c.req.raw, c.req.param("bucket"), c.req.param("key"));
  });
  app.get("/authenticated/:bucket/:key{.+}", (c) => {
    const handle = serve("authenticated", "storage.object.get_authenticated");
    return handle(c.req.raw, c.req.param("bucket"), c.req.param("key"));
  });
  app.get("/sign/:bucket/:key{.+}", async (c) => {
    const { bucket, key } = c.req.param();
    const { token, download } = readQuery(c.req.url, signedSchema);
    const { exp } = await storage.tokens.verifyRead(token, `${bucket}/${key}`);
    const find = () =>
      storage.database.run(SERVER, "storage.object.get_signed", (tx) => findObject(tx, bucket, key));
    return await serveObject(storage, c.req.raw, find, { download, expires: exp });
  });
  app.get("/info/public/:bucket/:key{.+}", (c) => {
    const handle = describe("public", "storage.object.info_public");
    return handle(c.req.raw, c.req.param("bucket"), c.req.param("key"));
  });
  app.get("/info/authenticated/:bucket/:key{.+}", (c) => {
    const handle = describe("authenticated", "storage.object.info_authenticated");
    return handle(c.req.raw, c.req.param("bucket"), c.req.param("key"));
  });
  app.get("/info/:bucket/:key{.+}", (c) => {
    const handle = describe("either", "storage.object.info_authenticated");
    return handle(c.req.raw, c.req.param("bucket"), c.req.param("key"));
  });
  app.get("/:bucket/:key{.+}", (c) => {
    const handle = serve("either", "storage.object.get_authenticated");
    return handle(c.req.raw, c.req.param("bucket"), c.req.param("key"));
  });
  return app;
}

/**
 * Decides in whose name an object is read: objects of public buckets are open to all, others are left to the
 * policies. Where both are possible an invalid token counts as none, and its holder learns nothing of the
 * bucket.
 */
async function openForReading(
  storage: Storage,
  request: Request,
  bucketId: string,
  key: string,
  access: Access,
  operation: string,
): Promise<Caller> {
  requireValidBucketName(bucketId);
  requireValidKey(key);
  const caller = access === "public" ? null : await identify(storage, request, access);
  const bucket = await storage.database.run(SERVER, operation, (tx) => findBucket(tx, bucketId));
  if (bucket?.public) return SERVER;
  if (!bucket || !caller) throw refusals.noSuchBucket();
  return caller;
}

async function identify(storage: Storage, request: Request, access: Access): Promise<Caller | null> {
  try {
    return await readCaller(request.headers, storage.config);
  } catch (error) {
    if (access === "either") return null;
    throw error;
  }
}

function toInfo(row: ObjectRow) {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    bucket_id: row.bucket_id,
    size: row.metadata?.size ?? null,
    content_type: row.metadata?.mimetype ?? null,
    content_encoding: row.metadata?.contentEncoding ?? null,
    cache_control: row.metadata?.cacheControl ?? null,
    etag: row.metadata?.eTag ?? null,
    metadata: row.user_metadata,
    last_modified: row.updated_at,
    created_at: row.created_at,
  };
}
