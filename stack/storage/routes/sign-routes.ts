import { Hono } from "hono";
import { z } from "zod";
import { readCaller } from "../caller.ts";
import { requireValidBucketName, requireValidKey } from "../names.ts";
import { findNames, findObject } from "../object-rows.ts";
import type { Storage } from "../storage.ts";
import { refusals } from "../storage-error.ts";
import { openBucket, requireUploadAllowed } from "../upload-object.ts";
import { readJson } from "../validate.ts";

const MAX_SIGNED_PATHS = 1000;
const expiresIn = z.number().int().min(1);
const signSchema = z.object({ expiresIn, transform: z.record(z.string(), z.unknown()).optional() });
const signManySchema = z.object({ expiresIn, paths: z.array(z.string()).min(1).max(MAX_SIGNED_PATHS) });

/** Makes signed URLs. They are relative to /storage/v1, as clients expect. */
export function createSignRoutes(storage: Storage): Hono {
  const app = new Hono();

  app.post("/sign/:bucket", async (c) => {
    const bucket = c.req.param("bucket");
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const body = await readJson(c.req.raw, signManySchema);
    requireValidBucketName(bucket);
    const readable = await storage.database.run(
      caller,
      "storage.object.sign_many",
      (tx) => findNames(tx, bucket, body.paths),
    );
    const signed = body.paths.map(async (path) => {
      if (!readable.has(path)) {
        const error = "Either the object does not exist or you do not have access to it";
        return { error, path, signedURL: null };
      }
      const token = await storage.tokens.signRead(`${bucket}/${path}`, body.expiresIn);
      return { error: null, path, signedURL: `/object/sign/${bucket}/${path}?token=${token}` };
    });
    return c.json(await Promise.all(signed));
  });

  app.post("/sign/:bucket/:key{.+}", async (c) => {
    const { bucket, key } = c.req.param();
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const body = await readJson(c.req.raw, signSchema);
    requireValidBucketName(bucket);
    requireValidKey(key);
    const row = await storage.database.run(
      caller,
      "storage.object.sign",
      (tx) => findObject(tx, bucket, key),
    );
    if (!row) throw refusals.noSuchKey();
    const token = await storage.tokens.signRead(`${bucket}/${key}`, body.expiresIn);
    const route = Object.keys(body.transform ?? {}).length > 0 ? "render/image" : "object";
    return c.json({ signedURL: `/${route}/sign/${bucket}/${key}?token=${token}` });
  });

  app.post("/upload/sign/:bucket/:key{.+}", async (c) => {
    const { bucket, key } = c.req.param();
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const upsert = c.req.header("x-upsert") === "true";
    const target = {
      caller,
      operation: "storage.object.sign_upload_url",
      bucketId: bucket,
      name: key,
      owner: caller.sub,
      upsert,
    };
    await openBucket(storage, target);
    await requireUploadAllowed(storage, target, {});
    const url = `${bucket}/${key}`;
    const token = await storage.tokens.signUpload({ url, owner: caller.sub, upsert });
    return c.json({ url: `/object/upload/sign/${url}?token=${token}`, token });
  });
  return app;
}
