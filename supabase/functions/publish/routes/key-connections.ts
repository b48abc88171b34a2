import { createRoute } from "@hono/zod-openapi";
import { keyAnswerSchema, keyRequestSchema } from "../../_shared/contracts/publish-connections.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers, jsonBody } from "../../_shared/http/route-parts.ts";
import { connectWithKey } from "../services/connections/connect-with-key.ts";
import type { ConnectionDeps } from "../services/connections/deps.ts";

/** Signed-in users: connecting accounts with an API key. */
export function addKeyConnectionRoutes(app: App, deps: ConnectionDeps): void {
  app.openapi(
    createRoute({
      method: "post",
      path: "/connections/tiktok/blotato",
      summary: "TikTok through Blotato: the accounts of an API key, then the chosen one connected",
      request: { body: jsonBody(keyRequestSchema) },
      responses: answers(keyAnswerSchema),
    }),
    async (c) => {
      const way = { platform: "tiktok", route: "blotato" };
      return c.json(await connectWithKey(deps, c.var.caller, way, c.req.valid("json")), 200);
    },
  );
}
