import { createRoute } from "@hono/zod-openapi";
import {
  accountExportSchema,
  deleteAccountRequestSchema,
  deleteAccountResponseSchema,
} from "../../_shared/contracts/account.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers, jsonBody } from "../../_shared/http/route-parts.ts";
import type { AccountDeps } from "../services/deps.ts";
import { exportAccount } from "../services/export-account.ts";
import { requestDeletion } from "../services/request-deletion.ts";

/** Signed-in users: what becomes of everything they own. */
export function addUserRoutes(app: App, deps: AccountDeps): void {
  app.openapi(
    createRoute({
      method: "post",
      path: "/delete",
      summary: "Closes the account and deletes it in the background",
      request: { body: jsonBody(deleteAccountRequestSchema) },
      responses: answers(deleteAccountResponseSchema),
    }),
    async (c) =>
      c.json(
        await requestDeletion(deps, c.var.caller, c.req.valid("json")),
        200,
      ),
  );

  const exportRoute = createRoute({
    method: "post",
    path: "/export",
    summary: "Everything the caller owns, as one JSON document",
    responses: answers(
      accountExportSchema,
      "Streamed; a document without `complete` was cut off.",
    ),
  });
  app.openAPIRegistry.registerPath(exportRoute);
  app.post("/export", async (c) => {
    const { stream, filename } = await exportAccount(deps, c.var.caller);
    return c.body(stream, 200, {
      "content-type": "application/json",
      "content-disposition": `attachment; filename="${filename}"`,
      "cache-control": "no-store",
    });
  });
}
