import { addJobRoute } from "../../_shared/http/add-job-route.ts";
import type { App } from "../../_shared/http/create-app.ts";
import type { ConnectionDeps } from "../services/connections/deps.ts";
import { refreshDueTokens } from "../services/connections/refresh-due-tokens.ts";

/** Scheduled call only. */
export function addInternalRefreshRoute(app: App, deps: ConnectionDeps): void {
  addJobRoute(app, deps, {
    name: "refresh-tokens",
    summary: "Renews tokens that end soon",
    run: () => refreshDueTokens(deps),
  });
}
