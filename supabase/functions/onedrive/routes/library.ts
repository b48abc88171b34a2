import { createRoute, z } from "@hono/zod-openapi";
import { libraryPageSchema, linkRequestSchema } from "../../_shared/contracts/onedrive.ts";
import { linkAnswerSchema } from "../../_shared/contracts/videos.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers, jsonBody } from "../../_shared/http/route-parts.ts";
import type { OnedriveDeps } from "../services/deps.ts";
import { linkItems } from "../services/link-items.ts";
import { listItems } from "../services/list-items.ts";

const itemQuerySchema = z.object({
  folder_id: z.string().min(1).max(256).optional(),
  cursor: z.string().min(1).max(8192).optional(),
});

/** Signed-in users: videos that are in their OneDrive already. */
export function addLibraryRoutes(app: App, deps: OnedriveDeps): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/items",
      summary: "Folders and videos inside a folder",
      request: { query: itemQuerySchema },
      responses: answers(libraryPageSchema),
    }),
    async (c) => c.json(await listItems(deps, c.var.caller, c.req.valid("query")), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/links",
      summary: "Makes videos of files that are in OneDrive already",
      request: { body: jsonBody(linkRequestSchema) },
      responses: answers(linkAnswerSchema),
    }),
    async (c) => c.json(await linkItems(deps, c.var.caller, c.req.valid("json")), 200),
  );
}
