import { type App, type AppOptions, createApp } from "../_shared/http/create-app.ts";
import { requireInternal } from "../_shared/http/require-internal.ts";
import { requireUser } from "../_shared/http/require-user.ts";
import type { VerifyToken } from "../_shared/http/verify-token.ts";
import { addInternalRoutes } from "./routes/internal.ts";
import { addUserRoutes } from "./routes/user.ts";
import type { AccountDeps } from "./services/deps.ts";

export interface AccountRouterDeps extends AccountDeps, Pick<AppOptions, "sink"> {
  verifyToken: VerifyToken;
  cronSecret: string;
}

/** Auth: /internal/* takes signed cron calls, everything else a signed-in user. */
export function createAccountRouter(deps: AccountRouterDeps): App {
  const app = createApp({
    name: "account",
    clock: deps.clock,
    sink: deps.sink,
  });

  app.use(
    "/internal/*",
    requireInternal({ secret: deps.cronSecret, clock: deps.clock }),
  );
  addInternalRoutes(app, deps);

  app.use(requireUser(deps));
  addUserRoutes(app, deps);
  return app;
}
