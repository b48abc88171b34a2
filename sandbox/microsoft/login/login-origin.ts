import { Hono } from "hono";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import type { MicrosoftState } from "../state.ts";
import { createAuthorize } from "./authorize.ts";
import { createIdTokenSigner } from "./id-token.ts";
import { describeFailure, failureForStatus, LoginFailure } from "./login-failure.ts";
import { createToken } from "./token.ts";

/** https://login.microsoftonline.com: consent, tokens, discovery and sign-out. */
export function createLoginOrigin(kit: Kit, state: MicrosoftState): Origin {
  const signer = createIdTokenSigner();
  const authorize = createAuthorize(kit, state);
  const issueTokens = createToken(kit, state, signer);
  const app = new Hono();

  app.get("/:tenant/oauth2/v2.0/authorize", authorize.show);
  app.post("/:tenant/oauth2/v2.0/authorize", authorize.decide);
  app.post("/:tenant/oauth2/v2.0/token", async (c) => {
    c.header("cache-control", "no-store");
    return c.json(await issueTokens(c.req.param("tenant"), c.req.raw));
  });
  app.get("/:tenant/oauth2/v2.0/logout", (c) => {
    const next = c.req.query("post_logout_redirect_uri") ?? "";
    return kit.app.redirectUris.includes(next) ? c.redirect(next) : c.text("You signed out of your account.");
  });
  app.get("/:tenant/discovery/v2.0/keys", async (c) => c.json((await signer.keys()) as object));
  app.get("/:tenant/v2.0/.well-known/openid-configuration", (c) => {
    const base = `${kit.urls.MICROSOFT_LOGIN_URL}/${c.req.param("tenant")}`;
    return c.json({
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      id_token_signing_alg_values_supported: ["RS256"],
    });
  });
  app.onError((error) => {
    if (error instanceof LoginFailure) return renderFailure(error);
    throw error;
  });

  function renderFailure(failure: LoginFailure, headers: Record<string, string> = {}): Response {
    return Response.json(describeFailure(failure, kit.now()), {
      status: failure.status,
      headers: { "cache-control": "no-store", ...headers },
    });
  }

  return {
    service: "microsoft",
    handle: (request) => app.fetch(request),
    refuse: (status, retryAfterS) =>
      renderFailure(
        failureForStatus(status),
        retryAfterS === null ? {} : { "retry-after": `${retryAfterS}` },
      ),
    revoke: async (request) => {
      const token = new URLSearchParams(await request.clone().text()).get("refresh_token");
      const account = token === null ? undefined : state.refreshTokens.get(token)?.account;
      if (account !== undefined) state.revokeGrants(account);
    },
    describeRoute: (path) => path,
  };
}
