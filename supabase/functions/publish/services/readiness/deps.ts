import type { ReadinessChecks } from "../../../_shared/db/readiness-checks.ts";
import type { ConnectionDeps } from "../connections/deps.ts";
import type { PublishDeps } from "../deps.ts";

/** What looking ahead reaches outside of itself. */
export interface ReadinessDeps extends PublishDeps, Pick<ConnectionDeps, "logins"> {
  readiness: ReadinessChecks;
}
