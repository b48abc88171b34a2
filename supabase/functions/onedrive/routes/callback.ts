import { createRoute } from "@hono/zod-openapi";
import { callbackQuerySchema } from "../../_shared/contracts/oauth-callback.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { toCallbackTarget } from "../services/callback-target.ts";

/** Public: where Microsoft sends the browser back to. Stores nothing and decides nothing. */
export function addCallbackRoute(app: App, { webUrl }: { webUrl: string }): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/callback",
      summary: "Microsoft's redirect; leads to the web app's finish page",
      request: { query: callbackQuerySchema },
      responses: { 302: { description: "To /connect/finish with the answer in the fragment." } },
    }),
    (c) => c.redirect(toCallbackTarget(webUrl, c.req.valid("query")), 302),
  );
}
