import { Hono } from "hono";
import { z } from "zod";
import { readCaller } from "../caller.ts";
import { listObjects } from "../list-objects.ts";
import type { Storage } from "../storage.ts";
import { readJson } from "../validate.ts";

/** Postgres counts rows here in 32 bits. */
const MAX_COUNT = 2 ** 31 - 1;

const orderSchema = z.enum(["asc", "desc"]).optional();
const searchSchema = z.object({
  prefix: z.string(),
  limit: z.number().int().min(1).max(MAX_COUNT).optional(),
  offset: z.number().int().min(0).max(MAX_COUNT).optional(),
  search: z.string().optional(),
  sortBy: z.object({
    column: z.enum(["name", "updated_at", "created_at", "last_accessed_at"]),
    order: orderSchema,
  }).optional(),
});
const listSchema = z.object({
  prefix: z.string().optional(),
  limit: z.number().int().min(1).max(MAX_COUNT).optional(),
  cursor: z.string().optional(),
  with_delimiter: z.boolean().optional(),
  sortBy: z.object({ column: z.enum(["name", "updated_at", "created_at"]), order: orderSchema }).optional(),
});

/** Listings: one level with relative names (v1), or pages by cursor with whole keys (v2). */
export function createListRoutes(storage: Storage): Hono {
  const app = new Hono();

  app.post("/list/:bucket", async (c) => {
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const body = await readJson(c.req.raw, searchSchema);
    const prefix = body.prefix === "" || body.prefix.endsWith("/") ? body.prefix : `${body.prefix}/`;
    const rows = await storage.database.run(caller, "storage.object.list", (tx) =>
      tx`
        select * from storage.search(
          ${prefix}, ${c.req.param("bucket")}, ${body.limit ?? 100}, ${prefix.split("/").length},
          ${body.offset ?? 0}, ${body.search ?? ""}, ${body.sortBy?.column ?? "name"},
          ${body.sortBy?.order ?? "asc"})`);
    return c.json(rows);
  });

  app.post("/list-v2/:bucket", async (c) => {
    const caller = await readCaller(c.req.raw.headers, storage.config);
    const body = await readJson(c.req.raw, listSchema);
    const page = await storage.database.run(
      caller,
      "storage.object.list_v2",
      (tx) =>
        listObjects(tx, c.req.param("bucket"), {
          prefix: body.prefix,
          limit: body.limit,
          cursor: body.cursor,
          withDelimiter: body.with_delimiter,
          column: body.sortBy?.column,
          order: body.sortBy?.order,
        }),
    );
    return c.json(page);
  });
  return app;
}
