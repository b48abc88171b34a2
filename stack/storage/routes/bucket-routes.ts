import { Hono } from "hono";
import { z } from "zod";
import {
  deleteBucket,
  findBucket,
  hasObjects,
  insertBucket,
  listBuckets,
  updateBucket,
} from "../bucket-rows.ts";
import type { BucketChanges } from "../bucket-rows.ts";
import { readCaller, SERVER } from "../caller.ts";
import { emptyBucket } from "../empty-bucket.ts";
import { parseFileSize, requireMimeTypes, requireValidBucketName } from "../names.ts";
import type { Storage } from "../storage.ts";
import { refusals, StorageError } from "../storage-error.ts";
import { readJson, readQuery } from "../validate.ts";

const settingsSchema = z.object({
  public: z.boolean().optional(),
  file_size_limit: z.union([z.number().int().min(0), z.string()]).nullish(),
  allowed_mime_types: z.array(z.string()).nullish(),
});
const createSchema = settingsSchema.extend({
  name: z.string(),
  id: z.string().optional(),
  type: z.string().optional(),
});
const listSchema = z.object({
  limit: z.coerce.number().int().min(1).optional(),
  offset: z.coerce.number().int().min(0).optional(),
  sortColumn: z.enum(["id", "name", "created_at", "updated_at"]).optional(),
  sortOrder: z.enum(["asc", "desc"]).optional(),
  search: z.string().optional(),
});

/** Buckets are rows under RLS: without a policy of its own only the secret key may see and change them. */
export function createBucketRoutes(storage: Storage): Hono {
  const app = new Hono();
  const { database } = storage;

  app.post("/", async (c) => {
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const body = await readJson(c.req.raw, createSchema);
    requireValidBucketName(body.name);
    if (body.type && body.type !== "STANDARD") throw refusals.featureNotEnabled();
    const bucket = {
      id: body.id || body.name,
      name: body.name,
      owner: caller.sub,
      ...readSettings(storage, body),
    };
    requireValidBucketName(bucket.id);
    try {
      await database.run(caller, "storage.bucket.create", (tx) => insertBucket(tx, bucket));
    } catch (error) {
      const duplicate = error instanceof StorageError && error.code === "ResourceAlreadyExists";
      throw duplicate ? refusals.alreadyExists("BucketAlreadyExists") : error;
    }
    return c.json({ name: body.name });
  });

  app.get("/", async (c) => {
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const options = readQuery(c.req.url, listSchema);
    return c.json(await database.run(caller, "storage.bucket.list", (tx) => listBuckets(tx, options)));
  });

  app.get("/:id", async (c) => {
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const bucket = await database.run(
      caller,
      "storage.bucket.get",
      (tx) => findBucket(tx, c.req.param("id")),
    );
    if (!bucket) throw refusals.noSuchBucket();
    return c.json(bucket);
  });

  app.put("/:id", async (c) => {
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const changes = readSettings(storage, await readJson(c.req.raw, settingsSchema));
    const found = await database.run(
      caller,
      "storage.bucket.update",
      (tx) => updateBucket(tx, c.req.param("id"), changes),
    );
    if (!found) throw refusals.noSuchBucket();
    return c.json({ message: "Successfully updated" });
  });

  app.delete("/:id", async (c) => {
    const id = c.req.param("id");
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const full = await database.run(SERVER, "storage.bucket.delete", async (tx) => {
      if (!await findBucket(tx, id)) throw refusals.noSuchBucket();
      return await hasObjects(tx, id);
    });
    if (full) throw refusals.bucketNotEmpty();
    const found = await database.run(caller, "storage.bucket.delete", (tx) => deleteBucket(tx, id));
    if (!found) throw refusals.noSuchBucket();
    return c.json({ message: "Successfully deleted" });
  });

  app.post("/:id/empty", async (c) => {
    const caller = await readCaller(c.req.raw.headers, storage.config);
    await emptyBucket(storage, caller, c.req.param("id"));
    return c.json({ message: "Empty bucket has been queued. Completion may take up to an hour." });
  });
  return app;
}

function readSettings(storage: Storage, body: z.output<typeof settingsSchema>): BucketChanges {
  const { file_size_limit: limit, allowed_mime_types: types } = body;
  const fileSizeLimit = typeof limit === "string" || typeof limit === "number" ? parseFileSize(limit) : limit;
  if (fileSizeLimit && fileSizeLimit > storage.config.fileSizeLimit) throw refusals.tooLarge();
  const allowedMimeTypes = types?.filter(Boolean) ?? types;
  if (allowedMimeTypes) requireMimeTypes(allowedMimeTypes);
  return { public: body.public, fileSizeLimit, allowedMimeTypes };
}
