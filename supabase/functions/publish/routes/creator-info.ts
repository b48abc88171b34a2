import { createRoute } from "@hono/zod-openapi";
import { creatorInfoSchema } from "../../_shared/contracts/creator-info.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers, idParamsSchema } from "../../_shared/http/route-parts.ts";
import { readCreator } from "../services/connections/read-creator.ts";

/** Signed-in users: what a TikTok account of theirs may post at the moment. */
export function addCreatorInfoRoute(app: App, deps: Parameters<typeof readCreator>[0]): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/connections/{id}/creator-info",
      summary: "What a TikTok account may post at the moment",
      request: { params: idParamsSchema },
      responses: answers(creatorInfoSchema),
    }),
    async (c) => c.json(await readCreator(deps, c.var.caller, c.req.valid("param").id), 200),
  );
}
