import { discardBody, type Exchange } from "../../kit/exchange.ts";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import { renderFailure } from "../error-response.ts";
import { failureForStatus, GraphFailure, invalidRequest, itemNotFound } from "../graph-failure.ts";
import { canReadFiles, canReadProfile, canWriteFiles } from "../login/scopes.ts";
import type { MicrosoftState } from "../state.ts";
import { describeGraphRoute, type ItemAddress, parseAddress } from "./address.ts";
import { accessDenied, authenticate, type Caller } from "./authenticate.ts";
import { answerBatch } from "./batch.ts";
import { allowAnyOrigin, answerGraphPreflight } from "./graph-cross-origin.ts";
import type { GraphCall } from "./graph-call.ts";
import { selectFields } from "./item-view.ts";
import { findOperation } from "./operations.ts";
import { renderDrive, renderProfile } from "./profile.ts";

const BASE = "/v1.0";

/** https://graph.microsoft.com: profile, drive, items, upload sessions, changes and batches. */
export function createGraphOrigin(kit: Kit, state: MicrosoftState): Origin {
  async function handle(request: Request, exchange: Exchange): Promise<Response> {
    if (request.method === "OPTIONS") return answerGraphPreflight(request);
    try {
      return withRequestId(request, await answer(request, exchange));
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      await discardBody(exchange.body);
      return renderFailure(kit, error, request);
    }
  }

  async function answer(request: Request, exchange: Exchange): Promise<Response> {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(`${BASE}/`)) throw new GraphFailure(400, "BadRequest", "Invalid version.");
    const caller = authenticate(kit, state, request.headers);
    const path = url.pathname.slice(BASE.length);
    if (path === "/$batch" && request.method === "POST") return await answerBatch(kit, request, exchange);
    if (path === "/me" && request.method === "GET") {
      if (!canReadProfile(caller.scopes)) throw insufficientPrivileges();
      return Response.json(selectFields(renderProfile(kit, caller.account), url.searchParams.get("$select")));
    }
    const address = parseAddress(path);
    if (address === null) {
      throw new GraphFailure(400, "BadRequest", `Resource not found for the segment '${path}'.`);
    }
    return await answerDrive(caller, address, request, exchange, url.searchParams);
  }

  async function answerDrive(
    caller: Caller,
    address: ItemAddress,
    request: Request,
    exchange: Exchange,
    query: URLSearchParams,
  ): Promise<Response> {
    const { account, scopes } = caller;
    if (!canReadFiles(scopes)) throw accessDenied();
    if (request.method !== "GET" && !canWriteFiles(scopes)) throw accessDenied();
    if (!account.hasDrive) {
      throw account.kind === "business"
        ? new GraphFailure(400, "BadRequest", "Tenant does not have a SPO license.")
        : new GraphFailure(404, "ResourceNotFound", "User's mysite not found.");
    }
    const isOwn = address.driveId === null || address.driveId.toLowerCase() === account.driveId.toLowerCase();
    if (!isOwn) throw itemNotFound();
    const drive = state.driveOf(account);
    if (!address.isItem) {
      if (request.method !== "GET") throw invalidRequest("The drive cannot be changed.");
      return Response.json(selectFields(renderDrive(kit, account, drive), query.get("$select")));
    }
    const call: GraphCall = { kit, state, account, drive, address, request, exchange, query };
    const operation = findOperation(request.method, address.tail);
    return await operation(call);
  }

  return {
    service: "microsoft",
    handle,
    refuse: (status, retryAfterS, request) =>
      renderFailure(kit, failureForStatus(status, retryAfterS), request),
    decorate: allowAnyOrigin,
    revoke: (request) => {
      const token = /^bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
      const account = state.accessTokens.get(token)?.account;
      if (account !== undefined) state.revokeGrants(account);
    },
    describeRoute: describeGraphRoute,
  };
}

function insufficientPrivileges(): GraphFailure {
  return new GraphFailure(
    403,
    "Authorization_RequestDenied",
    "Insufficient privileges to complete the operation.",
  );
}

function withRequestId(request: Request, response: Response): Response {
  const id = crypto.randomUUID();
  response.headers.set("request-id", id);
  response.headers.set("client-request-id", request.headers.get("client-request-id") ?? id);
  return response;
}
