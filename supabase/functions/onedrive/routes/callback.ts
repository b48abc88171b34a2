import { createRoute, z } from "@hono/zod-openapi";
import type { App } from "../../_shared/http/create-app.ts";
import { toCallbackTarget } from "../services/callback-target.ts";

const MAX_FIELD = 8192;
const callbackQuerySchema = z.object({
  code: z.string().max(MAX_FIELD).optional(),
  state: z.string().max(512).optional(),
  error: z.string().max(256).optional(),
  error_description: z.string().max(MAX_FIELD).optional(),
});

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
