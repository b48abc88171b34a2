import { createRoute, z } from "@hono/zod-openapi";
import {
  bulkSchema,
  createBulkRequestSchema,
  createdBulkSchema,
  retryBulkRequestSchema,
} from "../../_shared/contracts/publish-bulk.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers, idParamsSchema, jsonBody } from "../../_shared/http/route-parts.ts";
import { cancelBulk, readBulk, retryBulk } from "../services/bulk/change-bulk.ts";
import { startBulk } from "../services/bulk/start-bulk.ts";
import type { PublishDeps } from "../services/deps.ts";

const keyHeaderSchema = z.object({ "idempotency-key": z.string().min(1).max(255).optional() });
const { 200: acceptedBulk, default: failure } = answers(createdBulkSchema, "Accepted, or accepted before.");

/** Signed-in users: many videos with one action. */
export function addBulkRoutes(app: App, deps: PublishDeps): void {
  app.openapi(
    createRoute({
      method: "post",
      path: "/bulk",
      summary: "Posts up to 200 videos to the same accounts: now, in posting slots or in steps",
      request: { headers: keyHeaderSchema, body: jsonBody(createBulkRequestSchema) },
      responses: { 202: acceptedBulk, default: failure },
    }),
    async (c) => {
      const key = c.req.valid("header")["idempotency-key"];
      return c.json(await startBulk(deps, c.var.caller, c.req.valid("json"), key), 202);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/bulks/{id}",
      summary: "How far a bulk is: a summary by platform, and every video with its posts",
      request: { params: idParamsSchema },
      responses: answers(bulkSchema),
    }),
    async (c) => c.json(await readBulk(deps, c.var.caller, c.req.valid("param").id), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/bulks/{id}/cancel",
      summary: "Undoes a bulk: cancels everything of it that has not gone out, and says what had",
      request: { params: idParamsSchema },
      responses: answers(bulkSchema),
    }),
    async (c) => c.json(await cancelBulk(deps, c.var.caller, c.req.valid("param").id), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/bulks/{id}/retry",
      summary: "Tries again what failed of a bulk, or of one video of it",
      request: { params: idParamsSchema, body: { ...jsonBody(retryBulkRequestSchema), required: false } },
      responses: answers(bulkSchema),
    }),
    async (c) =>
      c.json(await retryBulk(deps, c.var.caller, c.req.valid("param").id, c.req.valid("json")), 200),
  );
}
