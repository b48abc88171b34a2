import { Hono } from "hono";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import { MetaFailure, renderMetaFailure, unknownPath } from "../meta-failure.ts";
import { SERVICE_OF } from "../read-switch.ts";
import type { MetaState } from "../state.ts";
import { checkVersion } from "../versions.ts";
import { createDialog } from "./dialog.ts";
import { type DialogRules, FACEBOOK_DIALOG, INSTAGRAM_DIALOG } from "./dialog-rules.ts";

/** https://www.facebook.com: the dialog of Facebook Login. */
export function createFacebookDialogOrigin(kit: Kit, state: MetaState): Origin {
  const dialog = createDialog(kit, state, FACEBOOK_DIALOG);
  const app = new Hono();
  app.use("/:version/dialog/oauth", async (c, next) => {
    checkVersion(c.req.param("version"), c.req.path.split("/").slice(1));
    await next();
  });
  for (const path of ["/dialog/oauth", "/:version/dialog/oauth"]) {
    app.get(path, dialog.show);
    app.post(path, dialog.decide);
  }
  return createOrigin(FACEBOOK_DIALOG, app);
}

/** https://www.instagram.com: the dialog of Instagram Login. */
export function createInstagramDialogOrigin(kit: Kit, state: MetaState): Origin {
  const dialog = createDialog(kit, state, INSTAGRAM_DIALOG);
  const app = new Hono();
  app.get("/oauth/authorize", dialog.show);
  app.post("/oauth/authorize", dialog.decide);
  return createOrigin(INSTAGRAM_DIALOG, app);
}

function createOrigin({ signIn }: DialogRules, app: Hono): Origin {
  app.notFound((c) => renderMetaFailure(unknownPath(c.req.path.split("/").slice(1))));
  app.onError((error) => {
    if (error instanceof MetaFailure) return renderMetaFailure(error);
    throw error;
  });
  return {
    service: SERVICE_OF[signIn],
    handle: (request) => app.fetch(request),
    refuse: (status, retryAfterS) =>
      new Response("<html><title>Error</title><body>Sorry, something went wrong.</body></html>", {
        status,
        headers: {
          "content-type": "text/html; charset=UTF-8",
          ...(retryAfterS === null ? {} : { "retry-after": String(retryAfterS) }),
        },
      }),
    describeRoute: (path) => path,
  };
}
