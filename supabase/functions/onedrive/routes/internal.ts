import { addJobRoute } from "../../_shared/http/add-job-route.ts";
import type { App } from "../../_shared/http/create-app.ts";
import type { OnedriveDeps } from "../services/deps.ts";
import { followChanges } from "../services/follow-changes.ts";
import { refreshDueTokens } from "../services/refresh-due-tokens.ts";
import { sweepUploads } from "../services/sweep-uploads.ts";

/** Scheduled calls only. */
export function addInternalRoutes(app: App, deps: OnedriveDeps): void {
  addJobRoute(app, deps, {
    name: "refresh-tokens",
    summary: "Renews tokens that end soon",
    run: () => refreshDueTokens(deps),
  });
  addJobRoute(app, deps, {
    name: "sweep-uploads",
    summary: "Finishes uploads that no browser finishes",
    run: () => sweepUploads(deps),
  });
  addJobRoute(app, deps, {
    name: "follow-changes",
    summary: "Reads what changed in connected drives",
    run: () => followChanges(deps),
  });
}
