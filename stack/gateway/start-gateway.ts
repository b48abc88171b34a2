import { HOST } from "../settings.ts";
import { StackError } from "../stack-error.ts";
import { addCorsHeaders, answerPreflight } from "./cors.ts";
import { forward } from "./forward.ts";
import { gatewayError } from "./gateway-error.ts";
import { refuseBrowserSecret } from "./refuse-browser-secret.ts";
import { verifyCaller } from "./verify-caller.ts";

/** A function as the gateway sees it. */
export interface FunctionEndpoint {
  readonly verifyJwt: boolean;
  /**
   * The address of a process that takes this request. Waits while one is starting.
   * @returns null when the function does not come up
   */
  lease(method: string, path: string): Promise<FunctionLease | null>;
}

/** A process that has a request until `release`. */
export interface FunctionLease {
  readonly url: string;
  /** Once the process has let go of the request: whether it used more than a hosted worker may. */
  wasEndedByLimit(): Promise<boolean>;
  release(): void;
}

export interface GatewayOptions {
  readonly port: number;
  readonly keys: { readonly jwtSecret: string; readonly publishableKey: string; readonly secretKey: string };
  /** Address of the Auth and Data API, null while it is not up. */
  readonly apiUrl: () => string | null;
  /** Address of the Storage API, null while it is not up. */
  readonly storageUrl: () => string | null;
  readonly findFunction: (name: string) => FunctionEndpoint | undefined;
  /** False until everything is up: only then does the health route answer 200. */
  readonly isReady: () => boolean;
}

/** Starts the one address clients talk to: /auth/v1, /rest/v1, /storage/v1 and /functions/v1. */
export function startGateway(options: GatewayOptions): Deno.HttpServer {
  try {
    return Deno.serve({
      hostname: HOST,
      port: options.port,
      onListen: () => {},
      onError: (error) => {
        console.error(error);
        return gatewayError(500, "INTERNAL", "The gateway failed.");
      },
    }, (request, info) => route(request, info.remoteAddr.hostname, options));
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new StackError(
      `Port ${options.port} is taken: stop what uses it, or choose another one with STACK_API_PORT.`,
    );
  }
}

async function route(request: Request, clientAddress: string, options: GatewayOptions): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const [, service, version, name] = pathname.split("/");
  if (version !== "v1") return notFound();
  const refusal = refuseBrowserSecret(request, options.keys.secretKey);
  if (refusal) return refusal;
  if (service === "functions") {
    return await callFunction(request, clientAddress, name ?? "", options);
  }
  if (service !== "auth" && service !== "rest" && service !== "storage") return notFound();
  if (request.method === "OPTIONS" && request.headers.has("access-control-request-method")) {
    return answerPreflight(request);
  }
  const isHealth = pathname === "/auth/v1/health";
  const base = service === "storage" ? options.storageUrl() : options.apiUrl();
  if (!base || (isHealth && !options.isReady())) {
    return starting(service);
  }
  // Health is the only route of the Auth API that the hosted gateway and this one open without a key.
  const headers = isHealth ? { apikey: options.keys.publishableKey } : undefined;
  const response = await pass(request, base + pathname + search, service, { clientAddress, headers });
  addCorsHeaders(response.headers);
  return response;
}

async function callFunction(
  request: Request,
  clientAddress: string,
  name: string,
  options: GatewayOptions,
): Promise<Response> {
  const target = options.findFunction(name);
  if (!target && !options.isReady()) return starting("functions");
  if (!target) return gatewayError(404, "NOT_FOUND", "Requested function was not found");
  const refusal = target.verifyJwt ? await verifyCaller(request, options.keys) : null;
  if (refusal) return refusal;
  const { pathname, search } = new URL(request.url);
  const path = pathname.slice("/functions/v1".length);
  const lease = await target.lease(request.method, path);
  if (!lease) {
    return gatewayError(503, "BOOT_ERROR", `The function ${name} does not start; its log says why.`, {
      "retry-after": "1",
    });
  }
  try {
    const response = await pass(request, lease.url + path + search, `function ${name}`, { clientAddress });
    return stoppedEarly(response) && await lease.wasEndedByLimit() ? overLimit() : response;
  } finally {
    lease.release();
  }
}

async function pass(
  request: Request,
  target: string,
  service: string,
  options: Parameters<typeof forward>[2],
): Promise<Response> {
  try {
    return await forward(request, target, options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return gatewayError(503, "EDGE_FUNCTION_ERROR", `The ${service} stopped before it answered; try again.`, {
      "retry-after": "1",
    });
  }
}

/** What the hosted gateway says of a worker that had to be ended; the code was WORKER_LIMIT until May 2026. */
function overLimit(): Response {
  return gatewayError(
    546,
    "WORKER_RESOURCE_LIMIT",
    "Function failed due to not having enough compute resources (please check logs)",
  );
}

function stoppedEarly(response: Response): boolean {
  return response.headers.get("sb-error-code") === "EDGE_FUNCTION_ERROR";
}

function starting(service: string): Response {
  return gatewayError(503, "STARTING", `The ${service} service is not up yet; try again in a moment.`, {
    "retry-after": "1",
  });
}

function notFound(): Response {
  return gatewayError(
    404,
    "NOT_FOUND",
    "No service has this path; they are /auth/v1, /rest/v1, /storage/v1 and /functions/v1.",
  );
}
