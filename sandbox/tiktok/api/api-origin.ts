import { discardBody, type Exchange } from "../../kit/exchange.ts";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import type { TiktokState } from "../state.ts";
import { failureForStatus, notAuthorized, renderFailure, TiktokFailure } from "../tiktok-failure.ts";
import { renderTokenFailure, tokenFailureForStatus } from "../token/token-failure.ts";
import { createTokenRoutes, TOKEN_PATHS } from "../token/token-routes.ts";
import { authenticate, readAccessToken } from "./authenticate.ts";
import { findOperation } from "./operations.ts";

/** https://open.tiktokapis.com: tokens, the Content Posting API and the Display API. */
export function createApiOrigin(kit: Kit, state: TiktokState): Origin {
  const tokens = createTokenRoutes(kit, state);

  async function handle(request: Request, exchange: Exchange): Promise<Response> {
    if (isTokenCall(request)) return await tokens.fetch(request);
    try {
      return await answer(request, exchange);
    } catch (error) {
      if (!(error instanceof TiktokFailure)) throw error;
      await discardBody(exchange.body);
      return renderFailure(error);
    }
  }

  async function answer(request: Request, exchange: Exchange): Promise<Response> {
    const { pathname, searchParams: query } = new URL(request.url);
    const operation = findOperation(request.method, pathname);
    const { account, scopes, token } = authenticate(kit, state, request);
    if (!operation.scopes.some((scope) => scopes.includes(scope))) throw notAuthorized(operation.scopes[0]!);
    if (operation.limit !== null) state.calls.count(operation.limit, token);
    return await operation.run({ kit, state, account, request, exchange, query });
  }

  /** Whose grant a request presents: by refresh token at the token endpoint, else by access token. */
  async function accountOf(request: Request): Promise<string | undefined> {
    if (!isTokenCall(request)) return state.accessTokens.get(readAccessToken(request))?.account;
    const form = new URLSearchParams(await request.clone().text());
    return state.refreshTokens.get(form.get("refresh_token") ?? "")?.account ??
      state.accessTokens.get(form.get("token") ?? "")?.account;
  }

  return {
    service: "tiktok",
    handle,
    refuse: (status, retryAfterS, request) =>
      isTokenCall(request)
        ? renderTokenFailure(tokenFailureForStatus(status), status, retryAfterS)
        : renderFailure(failureForStatus(status), retryAfterS),
    revoke: async (request) => {
      const account = await accountOf(request);
      if (account !== undefined) state.revokeGrants(account);
    },
    describeRoute: (path) => path,
  };
}

function isTokenCall(request: Request): boolean {
  return new URL(request.url).pathname.startsWith(TOKEN_PATHS);
}
