import { discardBody, type Exchange } from "../../kit/exchange.ts";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import { isSameSecret } from "../../kit/registered-app.ts";
import { renderFailure } from "../error-response.ts";
import { failureForStatus, GraphFailure, invalidRequest, itemNotFound } from "../graph-failure.ts";
import type { MicrosoftState } from "../state.ts";
import { commitSession } from "./commit-session.ts";
import { allowCrossOrigin, answerPreflight } from "./cross-origin.ts";
import { answerPlainPut, PLAIN_PUT_PATH } from "./plain-put.ts";
import { createFragmentReceiver } from "./receive-fragment.ts";
import { checkSessionLife } from "./session-life.ts";
import { describeSession } from "./session-view.ts";
import type { UploadSession } from "./upload-session.ts";

/** The host of upload URLs: fragments, status, cancel and the explicit commit. Nothing here takes a token. */
export function createUploadOrigin(kit: Kit, state: MicrosoftState): Origin {
  const { receiveFragment, waitUntilFree } = createFragmentReceiver(kit, state);
  let turn = 0;

  async function handle(request: Request, exchange: Exchange): Promise<Response> {
    if (request.method === "OPTIONS") return answerPreflight(kit, request);
    if (new URL(request.url).pathname === PLAIN_PUT_PATH) return await answerPlainPut(kit, exchange);
    try {
      return await answer(request, exchange);
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      await discardBody(exchange.body);
      return renderFailure(kit, error, request);
    }
  }

  async function answer(request: Request, exchange: Exchange): Promise<Response> {
    if (request.headers.has("authorization")) {
      throw new GraphFailure(401, "unauthenticated", "The upload URL takes no Authorization header.");
    }
    const session = findSession(state, request.url);
    if (session === null) throw itemNotFound();
    checkSessionLife(kit, session);
    switch (request.method) {
      case "GET":
        await waitUntilFree(session);
        return Response.json(describeSession(session, rangeStyle()));
      case "PUT":
        return await putFragment(session, request, exchange);
      case "DELETE":
        return await cancel(session);
      case "POST":
        return await commitExplicitly(session);
      default:
        throw new GraphFailure(405, "notAllowed", "The method is not allowed.");
    }
  }

  async function putFragment(
    session: UploadSession,
    request: Request,
    exchange: Exchange,
  ): Promise<Response> {
    const isLast = await receiveFragment(session, request.headers, exchange);
    if (isLast && !session.deferCommit) return await commitSession(kit, state, session);
    return Response.json(describeSession(session, rangeStyle()), { status: 202 });
  }

  async function cancel(session: UploadSession): Promise<Response> {
    state.sessions.delete(session.id);
    kit.touch();
    await kit.blobs.remove(session.blob);
    return new Response(null, { status: 204 });
  }

  async function commitExplicitly(session: UploadSession): Promise<Response> {
    const isPersonal = state.accounts.get(session.account)?.kind === "personal";
    if (isPersonal || !session.deferCommit) throw invalidRequest("The session cannot be committed this way.");
    return await commitSession(kit, state, session);
  }

  function rangeStyle(): "open" | "closed" {
    const style = kit.settings.get("microsoft", "range_style", "mixed");
    if (style !== "mixed") return style;
    return turn++ % 2 === 0 ? "open" : "closed";
  }

  return {
    service: "microsoft",
    handle,
    refuse: (status, retryAfterS, request) =>
      renderFailure(kit, failureForStatus(status, retryAfterS), request),
    decorate: (request, response) => allowCrossOrigin(kit, request, response),
    revoke: (request) => {
      const session = findSession(state, request.url);
      if (session !== null) session.createdAt = 0;
    },
    describeRoute: (path) =>
      path.replace(/^\/personal\/[^/]+/, "/personal/{user}").replace(
        /drives\/[^/]+|rup\/[^/]+/,
        (part) => `${part.split("/")[0]}/{id}`,
      ),
  };
}

/** The session an upload URL stands for; null when it is unknown, over, or the secret is wrong. */
export function findSession(state: MicrosoftState, uploadUrl: string): UploadSession | null {
  const query = URL.parse(uploadUrl)?.searchParams;
  const session = state.sessions.get(query?.get("guid") ?? "");
  if (session === undefined) return null;
  return isSameSecret(query?.get("tempauth") ?? "", `v1.${session.token}`) ? session : null;
}
