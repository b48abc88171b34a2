import { type App, type AppOptions, createApp } from "../_shared/http/create-app.ts";
import { requireInternal } from "../_shared/http/require-internal.ts";
import { requireUser } from "../_shared/http/require-user.ts";
import type { VerifyToken } from "../_shared/http/verify-token.ts";
import { addCallbackRoute } from "./routes/callback.ts";
import { addCheckRoute } from "./routes/check.ts";
import { addConnectionRoutes } from "./routes/connections.ts";
import { addInternalRoutes } from "./routes/internal.ts";
import { addInternalRefreshRoute } from "./routes/internal-refresh.ts";
import { addPostRoutes } from "./routes/posts.ts";
import type { ConnectionDeps } from "./services/connections/deps.ts";
import type { PublishDeps } from "./services/deps.ts";

export interface PublishRouterDeps extends ConnectionDeps, PublishDeps, Pick<AppOptions, "sink"> {
  verifyToken: VerifyToken;
  cronSecret: string;
  webUrl: string;
}

/** Auth: callbacks are public, /internal/* takes signed cron calls, everything below requireUser a signed-in user. */
export function createPublishRouter(deps: PublishRouterDeps): App {
  const { clock, sink } = deps;
  const app = createApp({ name: "publish", clock, sink });
  addCallbackRoute(app, deps);

  app.use("/internal/*", requireInternal({ secret: deps.cronSecret, clock }));
  addInternalRefreshRoute(app, deps);
  addInternalRoutes(app, deps);

  app.use(requireUser(deps));
  addConnectionRoutes(app, deps);
  addPostRoutes(app, deps);
  addCheckRoute(app, deps);
  return app;
}
