import { createRoute, z } from "@hono/zod-openapi";
import { authUrlResponseSchema, finishRequestSchema } from "../../_shared/contracts/connections.ts";
import { publishConnectionSchema } from "../../_shared/contracts/publish.ts";
import {
  platformParamsSchema,
  publishAuthUrlRequestSchema,
} from "../../_shared/contracts/publish-connections.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers, emptyAnswer, idParamsSchema, jsonBody } from "../../_shared/http/route-parts.ts";
import type { ConnectionDeps } from "../services/connections/deps.ts";
import { disconnect } from "../services/connections/disconnect.ts";
import { finishConnect } from "../services/connections/finish-connect.ts";
import { listConnections } from "../services/connections/list-connections.ts";
import { startConnect } from "../services/connections/start-connect.ts";

/** Signed-in users: connecting and disconnecting the accounts they publish to. */
export function addConnectionRoutes(app: App, deps: ConnectionDeps): void {
  app.openapi(
    createRoute({
      method: "post",
      path: "/connections/{platform}/auth-url",
      summary: "Address of the platform's consent page",
      request: {
        params: platformParamsSchema,
        body: { ...jsonBody(publishAuthUrlRequestSchema), required: false },
      },
      responses: answers(authUrlResponseSchema),
    }),
    async (c) => {
      const { platform } = c.req.valid("param");
      const { route } = c.req.valid("json");
      return c.json({ url: await startConnect(deps, c.var.caller, platform, route) }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/connections/{platform}/finish",
      summary: "Ends a sign-in with the code and state of the callback",
      request: { params: platformParamsSchema, body: jsonBody(finishRequestSchema) },
      responses: answers(publishConnectionSchema),
    }),
    async (c) => {
      const { platform } = c.req.valid("param");
      return c.json(await finishConnect(deps, c.var.caller, platform, c.req.valid("json")), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/connections",
      summary: "Connected accounts of all platforms",
      responses: answers(z.array(publishConnectionSchema)),
    }),
    async (c) => c.json(await listConnections(deps, c.var.caller), 200),
  );

  app.openapi(
    createRoute({
      method: "delete",
      path: "/connections/{id}",
      summary: "Disconnects an account and takes the permission back at the platform",
      request: { params: idParamsSchema },
      responses: emptyAnswer,
    }),
    async (c) => {
      await disconnect(deps, c.var.caller, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
}
