import { type App, type AppOptions, createApp } from "../_shared/http/create-app.ts";
import { requireInternal } from "../_shared/http/require-internal.ts";
import { requireUser } from "../_shared/http/require-user.ts";
import type { VerifyToken } from "../_shared/http/verify-token.ts";
import { addBulkRoutes } from "./routes/bulks.ts";
import { addCallbackRoute } from "./routes/callback.ts";
import { addCheckRoute } from "./routes/check.ts";
import { addConnectionRoutes } from "./routes/connections.ts";
import { addCreatorInfoRoute } from "./routes/creator-info.ts";
import { addInternalRoutes } from "./routes/internal.ts";
import { addInternalReadinessRoute } from "./routes/internal-readiness.ts";
import { addInternalRefreshRoute } from "./routes/internal-refresh.ts";
import { addKeyConnectionRoutes } from "./routes/key-connections.ts";
import { addMetaCallbackRoutes } from "./routes/meta-callbacks.ts";
import { addPostRoutes } from "./routes/posts.ts";
import type { ConnectionDeps } from "./services/connections/deps.ts";
import type { MetaCallbackDeps } from "./services/connections/meta-callbacks.ts";
import type { PublishDeps } from "./services/deps.ts";
import type { ReadinessDeps } from "./services/readiness/deps.ts";

export interface PublishRouterDeps
  extends ConnectionDeps, PublishDeps, ReadinessDeps, MetaCallbackDeps, Pick<AppOptions, "sink"> {
  verifyToken: VerifyToken;
  cronSecret: string;
  webUrl: string;
}

/** Auth: callbacks are public or signed by Meta, /internal/* takes signed cron calls, everything below requireUser a signed-in user. */
export function createPublishRouter(deps: PublishRouterDeps): App {
  const { clock, sink } = deps;
  const app = createApp({ name: "publish", clock, sink });
  addCallbackRoute(app, deps);
  addMetaCallbackRoutes(app, deps);

  app.use("/internal/*", requireInternal({ secret: deps.cronSecret, clock }));
  addInternalRefreshRoute(app, deps);
  addInternalRoutes(app, deps);
  addInternalReadinessRoute(app, deps);

  app.use(requireUser(deps));
  addConnectionRoutes(app, deps);
  addKeyConnectionRoutes(app, deps);
  addCreatorInfoRoute(app, deps);
  addPostRoutes(app, deps);
  addBulkRoutes(app, deps);
  addCheckRoute(app, deps);
  return app;
}
