import { Hono } from "hono";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import { notFound, renderGoogleFailure } from "../google-failure.ts";
import type { GoogleState } from "../state.ts";
import { createAuthorize } from "./authorize.ts";

const AUTHORIZE_PATH = "/o/oauth2/v2/auth";

/** https://accounts.google.com: the consent page. */
export function createLoginOrigin(kit: Kit, state: GoogleState): Origin {
  const authorize = createAuthorize(kit, state);
  const app = new Hono();
  app.get(AUTHORIZE_PATH, authorize.show);
  app.post(AUTHORIZE_PATH, authorize.decide);
  app.notFound(() => renderGoogleFailure(notFound()));
  app.onError((error) => {
    throw error;
  });

  return {
    service: "google",
    handle: (request) => app.fetch(request),
    refuse: (status, retryAfterS) =>
      new Response(`<html><title>Error ${status}</title><body>That's an error.</body></html>`, {
        status,
        headers: {
          "content-type": "text/html; charset=UTF-8",
          ...(retryAfterS === null ? {} : { "retry-after": String(retryAfterS) }),
        },
      }),
    describeRoute: (path) => path,
  };
}
