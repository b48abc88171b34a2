import { createRoute, z } from "@hono/zod-openapi";
import {
  createFolderRequestSchema,
  folderListSchema,
  folderSchema,
  onedriveStatusSchema,
  setFolderRequestSchema,
} from "../../_shared/contracts/onedrive.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers, jsonBody } from "../../_shared/http/route-parts.ts";
import type { OnedriveDeps } from "../services/deps.ts";
import { createFolder, listFolders, setFolder } from "../services/folders.ts";

const folderQuerySchema = z.object({ parent_id: z.string().min(1).max(256).optional() });

/** Signed-in users: choosing where uploads go. */
export function addFolderRoutes(app: App, deps: OnedriveDeps): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/folders",
      summary: "Folders inside a folder, sorted by name",
      request: { query: folderQuerySchema },
      responses: answers(folderListSchema),
    }),
    async (c) => c.json(await listFolders(deps, c.var.caller, c.req.valid("query").parent_id), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/folders",
      summary: "Makes a folder",
      request: { body: jsonBody(createFolderRequestSchema) },
      responses: answers(folderSchema),
    }),
    async (c) => c.json(await createFolder(deps, c.var.caller, c.req.valid("json")), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/set-folder",
      summary: "Chooses the folder for uploads",
      request: { body: jsonBody(setFolderRequestSchema) },
      responses: answers(onedriveStatusSchema),
    }),
    async (c) => c.json(await setFolder(deps, c.var.caller, c.req.valid("json").folder_id), 200),
  );
}
