import { discardBody, type Exchange } from "../../kit/exchange.ts";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import { failureForStatus, GoogleFailure, notFound, renderGoogleFailure } from "../google-failure.ts";
import { isSignInScope } from "../scopes.ts";
import type { GoogleState } from "../state.ts";
import { describePerson, type IdTokenSigner } from "../token/id-token.ts";
import { answerState, createSessionContinuer } from "../upload/continue-session.ts";
import { findSession } from "../upload/session-life.ts";
import type { UploadSession } from "../upload/upload-session.ts";
import { authenticate, insufficientScope, readAccessToken } from "./authenticate.ts";
import { findOperation } from "./operations.ts";

const SESSION_PATH = "/upload/youtube/v3/videos";
const CERTS_PATH = "/oauth2/v3/certs";
const USERINFO_PATH = "/oauth2/v3/userinfo";

/** https://www.googleapis.com: the YouTube Data API with its uploads. The same host has two names here. */
export function createApiOrigin(kit: Kit, state: GoogleState, signer: IdTokenSigner): Origin {
  const continueSession = createSessionContinuer(kit, state);

  async function handle(request: Request, exchange: Exchange): Promise<Response> {
    try {
      return await answer(request, exchange);
    } catch (error) {
      if (!(error instanceof GoogleFailure)) throw error;
      await discardBody(exchange.body);
      return renderGoogleFailure(error);
    }
  }

  async function answer(request: Request, exchange: Exchange): Promise<Response> {
    const { pathname, searchParams: query } = new URL(request.url);
    if (isSessionRequest(request)) {
      // The address is proof enough; a token that comes along must be good all the same.
      if (readAccessToken(request) !== null) authenticate(kit, state, request);
      const session = sessionOf(request);
      if (session === null) throw notFound();
      return await continueSession(session, request, exchange);
    }
    if (pathname === CERTS_PATH) return Response.json(await signer.keys());
    if (pathname === USERINFO_PATH) return answerUserinfo(request);
    const operation = findOperation(request.method, pathname);
    const { account, scopes } = authenticate(kit, state, request);
    if (!operation.isAllowed(scopes)) throw insufficientScope();
    state.ledger.spend(operation.bucket, operation.cost);
    return await operation.run({ kit, state, account, request, exchange, query });
  }

  function answerUserinfo(request: Request): Response {
    const { account, scopes } = authenticate(kit, state, request);
    if (!scopes.some(isSignInScope)) throw insufficientScope();
    return Response.json(describePerson(account, scopes));
  }

  function sessionOf(request: Request): UploadSession | null {
    return findSession(kit, state, new URL(request.url).searchParams.get("upload_id") ?? "");
  }

  return {
    service: "google",
    handle,
    refuse: (status, retryAfterS, request) => {
      const session = isSessionRequest(request) ? sessionOf(request) : null;
      if (status === 308 && session !== null) return answerState(session, retryAfterS);
      return renderGoogleFailure(failureForStatus(status, retryAfterS));
    },
    revoke: (request) => {
      const account = state.accessTokens.get(readAccessToken(request) ?? "")?.account;
      if (account !== undefined) state.revokeGrants(account);
      else if (isSessionRequest(request)) expireSession(sessionOf(request));
    },
    describeRoute: (path) => path,
  };

  function expireSession(session: UploadSession | null): void {
    if (session === null) return;
    session.expiresAt = kit.now();
    kit.touch();
  }
}

function isSessionRequest(request: Request): boolean {
  const { pathname, searchParams } = new URL(request.url);
  return request.method === "PUT" && pathname === SESSION_PATH && searchParams.has("upload_id");
}
