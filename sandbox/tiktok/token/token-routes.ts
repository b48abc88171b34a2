import { Hono } from "hono";
import type { Kit } from "../../kit/provider.ts";
import type { TiktokState } from "../state.ts";
import { createTokenIssuer } from "./issue-tokens.ts";
import { renderTokenFailure, TokenFailure } from "./token-failure.ts";

/** Paths of the OAuth endpoints, which lie on the host of the API and speak another form of errors. */
export const TOKEN_PATHS = "/v2/oauth/";

/** The OAuth endpoints. A refusal comes with 200, or with what the setting `oauth_error_status` says. */
export function createTokenRoutes(kit: Kit, state: TiktokState): Hono {
  const { issueTokens, revoke } = createTokenIssuer(kit, state);
  const app = new Hono();

  app.post(`${TOKEN_PATHS}token/`, async (c) => {
    c.header("cache-control", "no-store");
    return c.json(issueTokens(await readForm(c.req.raw)));
  });
  app.post(`${TOKEN_PATHS}revoke/`, async (c) => {
    revoke(await readForm(c.req.raw));
    return c.json({});
  });
  app.notFound(() => renderTokenFailure(new TokenFailure("invalid_request", "Unknown path.", 404), 404));
  app.onError((error) => {
    if (!(error instanceof TokenFailure)) throw error;
    return renderTokenFailure(error, kit.settings.get("tiktok", "oauth_error_status", 200));
  });
  return app;
}

/** The fields of a form body. Throws TokenFailure for a body of another type. */
async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  const text = await request.text();
  if (type.startsWith("application/x-www-form-urlencoded")) return new URLSearchParams(text);
  throw new TokenFailure(
    "invalid_request",
    "Content-Type should be application/x-www-form-urlencoded.",
  );
}
