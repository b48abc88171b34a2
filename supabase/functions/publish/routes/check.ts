import { createRoute } from "@hono/zod-openapi";
import { checkFormatRequestSchema, formatCheckSchema } from "../../_shared/contracts/publish-format.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers, jsonBody } from "../../_shared/http/route-parts.ts";
import type { PublishDeps } from "../services/deps.ts";
import { checkVideo } from "../services/format/check-video.ts";

/** Signed-in users: whether a video fits where it shall go, while the post is composed. */
export function addCheckRoute(app: App, deps: PublishDeps): void {
  app.openapi(
    createRoute({
      method: "post",
      path: "/posts/check",
      summary:
        "What a video's file is, and whether each platform takes it, would take it converted, or refuses it",
      request: { body: jsonBody(checkFormatRequestSchema) },
      responses: answers(formatCheckSchema),
    }),
    async (c) => c.json(await checkVideo(deps, c.var.caller, c.req.valid("json")), 200),
  );
}
