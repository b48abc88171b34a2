import { discardBody, type Exchange } from "../../kit/exchange.ts";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import type { SignIn } from "../grants.ts";
import {
  badParameter,
  failureForStatus,
  MetaFailure,
  renderMetaFailure,
  unknownPath,
} from "../meta-failure.ts";
import { SERVICE_OF } from "../read-switch.ts";
import { APP_REMOVED, type MetaState } from "../state.ts";
import type { UsageMeter } from "../usage-meter.ts";
import { splitVersion } from "../versions.ts";
import { authenticate, readToken } from "./authenticate.ts";
import { findNode } from "./find-node.ts";
import { forcedFailure } from "./forced-failure.ts";
import type { GraphCall } from "./graph-call.ts";
import type { Operation } from "./operations.ts";
import { type Parameters, readParameters } from "./parameters.ts";
import { meterCall } from "./rate-limit.ts";

/** A path that is no node, for example the token endpoint; it proves its callers by itself. */
export interface Endpoint {
  methods: readonly string[];
  answer(params: Parameters, request: Request): unknown;
}

export interface GraphParts {
  host: SignIn;
  endpoints: Readonly<Record<string, Endpoint>>;
  operations: ReadonlyMap<string, Operation>;
  meter: UsageMeter;
}

/** https://graph.facebook.com or https://graph.instagram.com: the nodes of the graph and their edges. */
export function createGraphOrigin(kit: Kit, state: MetaState, parts: GraphParts): Origin {
  const { host, endpoints, operations, meter } = parts;

  async function answer(request: Request, exchange: Exchange): Promise<Response> {
    const url = new URL(request.url);
    const { version, rest } = splitVersion(splitPath(url.pathname));
    const params = await readParameters(request);
    const endpoint = Object.hasOwn(endpoints, rest.join("/")) ? endpoints[rest.join("/")] : undefined;
    if (endpoint !== undefined) {
      if (!endpoint.methods.includes(request.method)) throw unsupported(request.method);
      return answerJson(endpoint.answer(params, request), {});
    }
    const [id, edge = "", ...below] = rest;
    if (id === undefined) throw unsupported(request.method);
    const caller = authenticate(kit, state, host, request, params);
    const call: GraphCall = { kit, state, host, version, url, params, exchange, caller };
    const node = findNode(call, request.method, id);
    const headers = meterCall(meter, call, node);
    const operation = operations.get(`${request.method} ${node.type}/${edge}`);
    const isTooDeep = below.length > (edge === "permissions" && request.method === "DELETE" ? 1 : 0);
    if (operation === undefined || isTooDeep) {
      throw edge === "" || !isTooDeep ? unsupported(request.method, edge, node.type) : unknownPath(below);
    }
    const forced = request.method === "POST" ? forcedFailure(kit, host) : null;
    if (forced !== null) throw forced;
    return answerJson(await operation(call, node, below), headers);
  }

  return {
    service: SERVICE_OF[host],
    handle: async (request, exchange) => {
      try {
        return await answer(request, exchange);
      } catch (error) {
        if (!(error instanceof MetaFailure)) throw error;
        await discardBody(exchange.body);
        return renderMetaFailure(error, host);
      }
    },
    refuse: (status, retryAfterS) => renderMetaFailure(failureForStatus(status, retryAfterS), host),
    revoke: async (request, value) => {
      const params = await readParameters(request.clone()).catch(() => null);
      const presented = params?.get("fb_exchange_token") ?? (params && readToken(request, params));
      const token = state.tokens.get(presented ?? "");
      if (token !== undefined) state.revokeGrants(host, token.person, value ?? APP_REMOVED);
    },
    describeRoute,
  };
}

function answerJson(body: unknown, headers: Record<string, string>): Response {
  return Response.json(body, {
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "cache-control": "private, no-cache, no-store, must-revalidate",
      ...headers,
    },
  });
}

/** Ids become `{id}` in the counts of requests. */
export function describeRoute(path: string): string {
  return path.replaceAll(/\/\d{5,}(?=\/|$)/g, "/{id}");
}

function splitPath(path: string): string[] {
  const segments = path.split("/").filter(Boolean);
  try {
    return segments.map(decodeURIComponent);
  } catch {
    throw unknownPath(segments);
  }
}

function unsupported(method: string, edge = "", type = ""): MetaFailure {
  return edge === "" || method !== "GET"
    ? badParameter(`Unsupported request - method type: ${method.toLowerCase()}`)
    : badParameter(`Tried accessing nonexisting field (${edge}) on node type (${type})`);
}
