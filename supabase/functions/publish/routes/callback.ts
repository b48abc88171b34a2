import { createRoute } from "@hono/zod-openapi";
import { callbackQuerySchema } from "../../_shared/contracts/oauth-callback.ts";
import { platformParamsSchema } from "../../_shared/contracts/publish-connections.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { toCallbackTarget } from "../services/connections/callback-target.ts";

/** Public: where a platform sends the browser back to. Stores nothing and decides nothing. */
export function addCallbackRoute(app: App, { webUrl }: { webUrl: string }): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/connections/{platform}/callback",
      summary: "The platform's redirect; leads to the web app's finish page",
      request: { params: platformParamsSchema, query: callbackQuerySchema },
      responses: { 302: { description: "To /connect/finish with the answer in the fragment." } },
    }),
    (c) => c.redirect(toCallbackTarget(webUrl, c.req.valid("param").platform, c.req.valid("query")), 302),
  );
}
