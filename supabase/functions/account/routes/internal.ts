import { createRoute } from "@hono/zod-openapi";
import type { App } from "../../_shared/http/create-app.ts";
import { acceptedAnswer } from "../../_shared/http/route-parts.ts";
import { deleteAccounts } from "../services/delete-accounts.ts";
import type { AccountDeps } from "../services/deps.ts";
import { sweepObjects } from "../services/sweep-objects.ts";

/** Scheduled calls only, signed by private.call_function. They answer at once and work on. */
export function addInternalRoutes(app: App, deps: AccountDeps): void {
  app.openapi(
    createRoute({
      method: "post",
      path: "/internal/delete-accounts",
      summary: "Goes on with accounts on their way out",
      responses: acceptedAnswer,
    }),
    (c) => {
      deps.background("delete-accounts", () => deleteAccounts(deps));
      return c.json({ accepted: true as const }, 202);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/internal/sweep-objects",
      summary: "Removes stored objects of users who are gone",
      responses: acceptedAnswer,
    }),
    (c) => {
      deps.background("sweep-objects", () => sweepObjects(deps));
      return c.json({ accepted: true as const }, 202);
    },
  );
}
