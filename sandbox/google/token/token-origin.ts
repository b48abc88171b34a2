import { Hono } from "hono";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import { notFound, renderGoogleFailure } from "../google-failure.ts";
import { formatScopes } from "../scopes.ts";
import type { GoogleState } from "../state.ts";
import type { IdTokenSigner } from "./id-token.ts";
import { createTokenIssuer } from "./issue-tokens.ts";
import { renderTokenFailure, TokenFailure, tokenFailureForStatus } from "./token-failure.ts";

/** https://oauth2.googleapis.com: tokens, their revocation and what is known of one. */
export function createTokenOrigin(kit: Kit, state: GoogleState, signer: IdTokenSigner): Origin {
  const issueTokens = createTokenIssuer(kit, state, signer);
  const app = new Hono();

  app.post("/token", async (c) => {
    c.header("cache-control", "no-store");
    return c.json(await issueTokens(c.req.raw.headers, await readForm(c.req.raw)));
  });
  app.post("/revoke", async (c) => {
    const account = accountOf(c.req.query("token") ?? (await readForm(c.req.raw)).get("token") ?? "");
    if (account === null) throw new TokenFailure("invalid_token", "Token expired or revoked");
    state.revokeGrants(account);
    return c.json({});
  });
  app.on(["GET", "POST"], "/tokeninfo", (c) => {
    const bearer = /^bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    return c.json(describeToken(c.req.query("access_token") ?? bearer ?? ""));
  });
  app.notFound(() => renderGoogleFailure(notFound()));
  app.onError((error) => {
    if (error instanceof TokenFailure) return renderTokenFailure(error);
    throw error;
  });

  function describeToken(accessToken: string) {
    const token = state.accessTokens.get(accessToken);
    if (token === undefined || token.expiresAt <= kit.now()) {
      throw new TokenFailure("invalid_token", "Invalid Value");
    }
    return {
      azp: kit.app.clientId,
      aud: kit.app.clientId,
      scope: formatScopes(token.scopes),
      exp: String(Math.floor(token.expiresAt / 1000)),
      expires_in: String(Math.floor((token.expiresAt - kit.now()) / 1000)),
      access_type: token.isOffline ? "offline" : "online",
    };
  }

  /** Whose grant a live access or refresh token belongs to. */
  function accountOf(presented: string): string | null {
    const refresh = state.refreshTokens.get(presented);
    if (refresh !== undefined && !refresh.isRevoked) return refresh.account;
    return state.accessTokens.get(presented)?.account ?? null;
  }

  return {
    service: "google",
    handle: (request) => app.fetch(request),
    refuse: (status, retryAfterS) => renderTokenFailure(tokenFailureForStatus(status), retryAfterS),
    revoke: async (request) => {
      const form = new URLSearchParams(await request.clone().text());
      const account = accountOf(form.get("refresh_token") ?? form.get("token") ?? "");
      if (account !== null) state.revokeGrants(account);
    },
    describeRoute: (path) => path,
  };
}

/** The fields of a form body. Throws TokenFailure for a body of another type. */
async function readForm(request: Request): Promise<URLSearchParams> {
  const text = await request.text();
  const type = request.headers.get("content-type") ?? "";
  if (text === "" || type.startsWith("application/x-www-form-urlencoded")) return new URLSearchParams(text);
  throw new TokenFailure("invalid_request", "The content type must be application/x-www-form-urlencoded.");
}
