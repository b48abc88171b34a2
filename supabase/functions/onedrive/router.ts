import { type App, type AppOptions, createApp } from "../_shared/http/create-app.ts";
import { requireInternal } from "../_shared/http/require-internal.ts";
import { requireUser } from "../_shared/http/require-user.ts";
import type { VerifyToken } from "../_shared/http/verify-token.ts";
import { addCallbackRoute } from "./routes/callback.ts";
import { addConnectRoutes } from "./routes/connect.ts";
import { addFolderRoutes } from "./routes/folders.ts";
import { addInternalRoutes } from "./routes/internal.ts";
import { addFragmentRoute, fragmentLimit } from "./routes/fragments.ts";
import { addLibraryRoutes } from "./routes/library.ts";
import { addUploadRoutes } from "./routes/uploads.ts";
import type { OnedriveDeps } from "./services/deps.ts";

export interface OnedriveRouterDeps extends OnedriveDeps, Pick<AppOptions, "sink"> {
  verifyToken: VerifyToken;
  cronSecret: string;
  webUrl: string;
}

/** Auth: /callback is public, /internal/* takes signed cron calls, everything below requireUser a signed-in user. */
export function createOnedriveRouter(deps: OnedriveRouterDeps): App {
  const { clock, sink } = deps;
  const app = createApp({ name: "onedrive", clock, sink, maxBodyBytes: fragmentLimit });
  addCallbackRoute(app, deps);

  app.use("/internal/*", requireInternal({ secret: deps.cronSecret, clock }));
  addInternalRoutes(app, deps);

  app.use(requireUser(deps));
  addConnectRoutes(app, deps);
  addFolderRoutes(app, deps);
  addLibraryRoutes(app, deps);
  addUploadRoutes(app, deps);
  addFragmentRoute(app, deps);
  return app;
}
