import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
  RetryHandler,
  RetryHandlerOptions,
  TelemetryHandler,
} from "@microsoft/microsoft-graph-client";

/**
 * Microsoft's client with the chain it has in a browser, for upload URLs of the sandbox. The client takes only https
 * for a whole address, the sandbox speaks http: the last link turns one into the other.
 */
export function createGraphClient(): Client {
  // An upload URL needs no token; the client asks its provider for Graph's own hosts only.
  const first = new AuthenticationHandler({
    getAccessToken: () => Promise.reject(new Error("No token is needed here.")),
  });
  const retry = new RetryHandler(new RetryHandlerOptions());
  const telemetry = new TelemetryHandler();
  const send: Middleware = {
    async execute(context: Context) {
      const url = String(context.request).replace(/^https:/, "http:");
      context.response = await fetch(url, context.options as RequestInit);
    },
  };
  first.setNext(retry);
  retry.setNext(telemetry);
  telemetry.setNext(send);
  return Client.initWithMiddleware({ middleware: first });
}
