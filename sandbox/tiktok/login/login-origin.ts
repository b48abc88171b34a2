import { Hono } from "hono";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import type { TiktokState } from "../state.ts";
import { createAuthorize } from "./authorize.ts";

const AUTHORIZE_PATH = "/v2/auth/authorize/";

/** https://www.tiktok.com: the consent page. */
export function createLoginOrigin(kit: Kit, state: TiktokState): Origin {
  const authorize = createAuthorize(kit, state);
  const app = new Hono();
  app.get(AUTHORIZE_PATH, authorize.show);
  app.post(AUTHORIZE_PATH, authorize.decide);
  app.notFound(() => renderError(404, null));
  app.onError((error) => {
    throw error;
  });

  return {
    service: "tiktok",
    handle: (request) => app.fetch(request),
    refuse: renderError,
    describeRoute: (path) => path,
  };
}

function renderError(status: number, retryAfterS: number | null): Response {
  return new Response(`<html><title>Error ${status}</title><body>Something went wrong.</body></html>`, {
    status,
    headers: {
      "content-type": "text/html; charset=UTF-8",
      ...(retryAfterS === null ? {} : { "retry-after": String(retryAfterS) }),
    },
  });
}
