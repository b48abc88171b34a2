import { Hono } from "hono";
import { z } from "zod";
import { readCaller, SERVER } from "../caller.ts";
import { copyObject } from "../copy-object.ts";
import { requireValidBucketName, requireValidKey } from "../names.ts";
import { deleteObjects, findObject, renameObject } from "../object-rows.ts";
import { removeObjects } from "../remove-objects.ts";
import type { Storage } from "../storage.ts";
import { refusals } from "../storage-error.ts";
import { uploadObject } from "../upload-object.ts";
import { readJson, readQuery } from "../validate.ts";

const MAX_DELETED_KEYS = 1000;
const deleteSchema = z.object({ prefixes: z.array(z.string()).min(1).max(MAX_DELETED_KEYS) });
const moveSchema = z.object({
  bucketId: z.string(),
  sourceKey: z.string(),
  destinationBucket: z.string().optional(),
  destinationKey: z.string(),
});
const copySchema = moveSchema.extend({
  copyMetadata: z.boolean().optional(),
  metadata: z.object({
    cacheControl: z.string().optional(),
    mimetype: z.string().optional(),
    contentEncoding: z.string().optional(),
  }).optional(),
});

/** Uploads, move, copy and delete. */
export function createWriteRoutes(storage: Storage): Hono {
  const app = new Hono();

  app.post("/move", async (c) => {
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const body = await readJson(c.req.raw, moveSchema);
    const from = { bucketId: body.bucketId, name: body.sourceKey };
    const to = { bucketId: body.destinationBucket ?? body.bucketId, name: body.destinationKey };
    requireValidBucketName(from.bucketId);
    requireValidKey(to.name);
    await storage.database.run(caller, "storage.object.move", async (tx) => {
      if (!await findObject(tx, from.bucketId, from.name)) throw refusals.noSuchKey();
      if (!await renameObject(tx, from, to, caller.sub)) throw refusals.noSuchKey();
    });
    return c.json({ message: "Successfully moved" });
  });

  app.post("/copy", async (c) => {
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const body = await readJson(c.req.raw, copySchema);
    const row = await copyObject(storage, {
      ...body,
      caller,
      upsert: c.req.header("x-upsert") === "true",
      userMetadataHeader: c.req.header("x-metadata"),
    });
    return c.json({ Id: row.id, Key: `${row.bucket_id}/${row.name}`, ...row });
  });

  app.put("/upload/sign/:bucket/:key{.+}", async (c) => {
    const { bucket, key } = c.req.param();
    const { token } = readQuery(c.req.url, z.object({ token: z.string() }));
    const grant = await storage.tokens.verifyUpload(token, `${bucket}/${key}`);
    await uploadObject(storage, c.req.raw, {
      caller: SERVER,
      operation: "storage.object.upload_signed",
      bucketId: bucket,
      name: key,
      owner: grant.owner,
      upsert: grant.upsert,
    });
    return c.json({ Key: grant.url });
  });

  app.on(["POST", "PUT"], "/:bucket/:key{.+}", async (c) => {
    const { bucket, key } = c.req.param();
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const isUpdate = c.req.method === "PUT";
    const row = await uploadObject(storage, c.req.raw, {
      caller,
      operation: isUpdate ? "storage.object.upload_update" : "storage.object.upload",
      bucketId: bucket,
      name: key,
      owner: caller.sub,
      upsert: isUpdate || c.req.header("x-upsert") === "true",
    });
    return c.json({ Id: row.id, Key: `${bucket}/${key}` });
  });

  app.delete("/:bucket", async (c) => {
    const bucket = c.req.param("bucket");
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const { prefixes } = await readJson(c.req.raw, deleteSchema);
    requireValidBucketName(bucket);
    const rows = await removeObjects(
      storage,
      caller,
      "storage.object.delete_many",
      (tx) => deleteObjects(tx, bucket, prefixes),
    );
    return c.json(rows);
  });

  app.delete("/:bucket/:key{.+}", async (c) => {
    const { bucket, key } = c.req.param();
    requireValidKey(key);
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const rows = await removeObjects(
      storage,
      caller,
      "storage.object.delete",
      (tx) => deleteObjects(tx, bucket, [key]),
    );
    if (rows.length === 0) throw refusals.noSuchKey();
    return c.json({ message: "Successfully deleted" });
  });
  return app;
}
