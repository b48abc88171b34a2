import { createRoute, z } from "@hono/zod-openapi";
import { authUrlResponseSchema, connectionSchema } from "../../_shared/contracts/connections.ts";
import { onedriveFinishRequestSchema, onedriveStatusSchema } from "../../_shared/contracts/onedrive.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers, emptyAnswer, idParamsSchema, jsonBody } from "../../_shared/http/route-parts.ts";
import type { OnedriveDeps } from "../services/deps.ts";
import { disconnect } from "../services/disconnect.ts";
import { finishConnect } from "../services/finish-connect.ts";
import { getStatus, listConnections } from "../services/read-connection.ts";
import { startConnect } from "../services/start-connect.ts";

/** Signed-in users: connecting and disconnecting their OneDrive. */
export function addConnectRoutes(app: App, deps: OnedriveDeps): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/auth-url",
      summary: "Address of Microsoft's consent page",
      responses: answers(authUrlResponseSchema),
    }),
    async (c) => c.json({ url: await startConnect(deps, c.var.caller) }, 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/finish",
      summary: "Ends a sign-in with the code and state of the callback",
      request: { body: jsonBody(onedriveFinishRequestSchema) },
      responses: answers(connectionSchema),
    }),
    async (c) => c.json(await finishConnect(deps, c.var.caller, c.req.valid("json")), 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/status",
      summary: "Connected account, folder and quota",
      responses: answers(onedriveStatusSchema),
    }),
    async (c) => c.json(await getStatus(deps, c.var.caller), 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/connections",
      summary: "The account as a list of none or one",
      responses: answers(z.array(connectionSchema)),
    }),
    async (c) => c.json(await listConnections(deps, c.var.caller), 200),
  );

  app.openapi(
    createRoute({
      method: "delete",
      path: "/connections/{id}",
      summary: "Disconnects an account",
      request: { params: idParamsSchema },
      responses: emptyAnswer,
    }),
    async (c) => {
      await disconnect(deps, c.var.caller, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/disconnect",
      summary: "Disconnects the account, if there is one",
      responses: answers(onedriveStatusSchema),
    }),
    async (c) => {
      await disconnect(deps, c.var.caller);
      return c.json({ connection: null }, 200);
    },
  );
}
