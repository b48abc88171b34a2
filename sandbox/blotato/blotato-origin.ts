import { type Context, Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Exchange } from "../kit/exchange.ts";
import type { Origin } from "../kit/origin.ts";
import type { Kit } from "../kit/provider.ts";
import { BlotatoFailure, renderFailure } from "./blotato-failure.ts";
import type { Publisher } from "./publisher.ts";
import type { RateGate } from "./rate-gate.ts";
import { addMediaRoutes } from "./routes/media.ts";
import { addPostRoutes } from "./routes/posts.ts";
import { addScheduleRoutes } from "./routes/schedules.ts";
import { addUserRoutes } from "./routes/users.ts";
import type { BlotatoState } from "./state.ts";
import type { BlotatoUser } from "./user.ts";

export interface BlotatoEnv {
  Variables: { user: BlotatoUser };
  Bindings: { exchange: Exchange };
}

export interface BlotatoDeps {
  kit: Kit;
  state: BlotatoState;
  publisher: Publisher;
  gate: RateGate;
}

const KEY_HEADER = "blotato-api-key";

/** https://backend.blotato.com: accounts, media, posts and schedules of whoever the API key belongs to. */
export function createBlotatoOrigin(deps: BlotatoDeps): Origin {
  const { state } = deps;
  const app = new Hono<BlotatoEnv>().basePath("/v2");
  app.use(async (c, next) => {
    c.set("user", authenticate(state, c.req.header(KEY_HEADER)));
    await next();
  });
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c) => fail(c, 405, "Method not allowed") }));
  addUserRoutes(app);
  addPostRoutes(app, deps);
  addScheduleRoutes(app, deps);
  addMediaRoutes(app, deps);
  app.notFound((c) => fail(c, 404, "Not found"));
  app.onError((error) => {
    if (error instanceof BlotatoFailure) return renderFailure(error);
    throw error;
  });

  return {
    service: "blotato",
    handle: (request, exchange) => app.fetch(request, { exchange }),
    refuse: (status, retryAfterS) =>
      renderFailure(new BlotatoFailure(status, "The sandbox was told to refuse.", retryAfterS)),
    revoke(request) {
      const key = request.headers.get(KEY_HEADER);
      if (key !== null) state.revoke(key);
    },
    describeRoute: (path) =>
      path
        .replace(/^(\/v2\/(?:posts|schedules))\/[^/]+/, "$1/{id}")
        .replace(/^(\/v2\/users\/me\/accounts)\/[^/]+/, "$1/{id}"),
  };
}

/** The user of a key. Throws 401 for none or a wrong one, 403 when the plan has no API. */
function authenticate(state: BlotatoState, key: string | undefined): BlotatoUser {
  if (!key) throw new BlotatoFailure(401, "Missing API key");
  const user = state.openUser(key);
  if (user === null) throw new BlotatoFailure(401, "Invalid API key");
  if (user.subscriptionStatus === "trialing") {
    throw new BlotatoFailure(403, "API access requires a paid subscription");
  }
  return user;
}

function fail(_c: Context, status: number, message: string): Response {
  return renderFailure(new BlotatoFailure(status, message));
}
