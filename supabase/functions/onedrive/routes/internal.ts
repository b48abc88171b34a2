import { createRoute } from "@hono/zod-openapi";
import type { App } from "../../_shared/http/create-app.ts";
import { acceptedAnswer } from "../../_shared/http/route-parts.ts";
import type { OnedriveDeps } from "../services/deps.ts";
import { followChanges } from "../services/follow-changes.ts";
import { refreshDueTokens } from "../services/refresh-due-tokens.ts";
import { sweepUploads } from "../services/sweep-uploads.ts";

/** Scheduled calls only, signed by private.call_function. They answer at once and work on. */
export function addInternalRoutes(app: App, deps: OnedriveDeps): void {
  app.openapi(
    createRoute({
      method: "post",
      path: "/internal/refresh-tokens",
      summary: "Renews tokens that end soon",
      responses: acceptedAnswer,
    }),
    (c) => {
      deps.background("refresh-tokens", () => refreshDueTokens(deps));
      return c.json({ accepted: true as const }, 202);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/internal/sweep-uploads",
      summary: "Finishes uploads that no browser finishes",
      responses: acceptedAnswer,
    }),
    (c) => {
      deps.background("sweep-uploads", () => sweepUploads(deps));
      return c.json({ accepted: true as const }, 202);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/internal/follow-changes",
      summary: "Reads what changed in connected drives",
      responses: acceptedAnswer,
    }),
    (c) => {
      deps.background("follow-changes", () => followChanges(deps));
      return c.json({ accepted: true as const }, 202);
    },
  );
}
