import { addJobRoute } from "../../_shared/http/add-job-route.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { checkReadiness } from "../services/readiness/check-readiness.ts";
import type { ReadinessDeps } from "../services/readiness/deps.ts";

/** Scheduled call only. */
export function addInternalReadinessRoute(app: App, deps: ReadinessDeps): void {
  addJobRoute(app, deps, {
    name: "check-readiness",
    summary: "Looks whether posts scheduled for the next day can go out",
    run: () => checkReadiness(deps),
  });
}
