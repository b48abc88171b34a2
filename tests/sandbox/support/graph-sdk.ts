import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
  RetryHandler,
  RetryHandlerOptions,
  TelemetryHandler,
} from "@microsoft/microsoft-graph-client";
import type { MicrosoftAccount } from "./microsoft-account.ts";
import type { SandboxProcess } from "./sandbox-process.ts";

/**
 * The official Graph client on the sandbox. The client knows only https addresses, so it is told
 * `https://localhost:PORT` for Graph and sees https upload addresses; the last step of its chain takes TLS off.
 * As advised for the real service, only the Graph host (not the upload host) is among its custom hosts.
 */
export function createGraphClient(sandbox: SandboxProcess, account: MicrosoftAccount): Client {
  const authentication = new AuthenticationHandler({
    getAccessToken: () => Promise.resolve(account.tokens.access_token),
  });
  const retry = new RetryHandler(new RetryHandlerOptions(0.01, 3));
  const telemetry = new TelemetryHandler();
  const transport: Middleware = { execute: sendWithoutTls };
  authentication.setNext(retry);
  retry.setNext(telemetry);
  telemetry.setNext(transport);
  const port = new URL(sandbox.urls.MICROSOFT_GRAPH_URL!).port;
  return Client.initWithMiddleware({
    baseUrl: `https://localhost:${port}/`,
    customHosts: new Set(["localhost"]),
    middleware: authentication,
  });
}

async function sendWithoutTls(context: Context): Promise<void> {
  const url = String(context.request).replace(/^https:\/\/(localhost|127\.0\.0\.1)/, "http://127.0.0.1");
  const response = await fetch(url, context.options);
  const type = response.headers.get("content-type") ?? "";
  if (!type.includes("json")) {
    context.response = response;
    return;
  }
  const text = (await response.text()).replaceAll("http://127.0.0.1", "https://127.0.0.1");
  context.response = new Response(text, { status: response.status, headers: response.headers });
}
