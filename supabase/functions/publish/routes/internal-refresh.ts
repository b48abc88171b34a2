import { addJobRoute } from "../../_shared/http/add-job-route.ts";
import type { App } from "../../_shared/http/create-app.ts";
import type { ConnectionDeps } from "../services/connections/deps.ts";
import { describeAccounts } from "../services/connections/describe-accounts.ts";
import { refreshDueTokens } from "../services/connections/refresh-due-tokens.ts";

/** Scheduled calls only. */
export function addInternalRefreshRoute(app: App, deps: ConnectionDeps): void {
  addJobRoute(app, deps, {
    name: "refresh-tokens",
    summary: "Renews tokens that end soon",
    run: () => refreshDueTokens(deps),
  });
  addJobRoute(app, deps, {
    name: "describe-accounts",
    summary: "Reads name and picture of YouTube accounts anew",
    run: () => describeAccounts(deps),
  });
}
