import type { Kit } from "../kit/provider.ts";
import type { GraphFailure } from "./graph-failure.ts";

/** Writes a refusal as the real hosts do, with a request id and in the chosen spelling of `innerError`. */
export function renderFailure(kit: Kit, failure: GraphFailure, request: Request): Response {
  const requestId = crypto.randomUUID();
  const clientRequestId = request.headers.get("client-request-id") ?? requestId;
  const headers = new Headers({
    "request-id": requestId,
    "client-request-id": clientRequestId,
    "cache-control": "no-store",
    ...failure.extra.headers,
  });
  const seconds = headers.get("retry-after");
  if (seconds !== null && kit.settings.get("microsoft", "retry_after_style", "seconds") === "date") {
    headers.set("retry-after", new Date(kit.now() + Number(seconds) * 1000).toUTCString());
  }
  if (failure.status >= 500 && kit.settings.get("microsoft", "html_errors", false)) {
    headers.set("content-type", "text/html");
    return new Response(`<html><body><h1>${failure.status}</h1></body></html>`, {
      status: failure.status,
      headers,
    });
  }
  headers.set("content-type", "application/json");
  const inner = {
    ...(failure.extra.inner === undefined ? {} : { code: failure.extra.inner }),
    date: new Date(kit.now()).toISOString().slice(0, 19),
    "request-id": requestId,
    "client-request-id": clientRequestId,
  };
  const error = { code: failure.code, message: failure.message, [innerErrorName(kit, request)]: inner };
  return new Response(JSON.stringify({ error }), { status: failure.status, headers });
}

function innerErrorName(kit: Kit, request: Request): "innerError" | "innererror" {
  const origin = new URL(request.url).origin;
  const usual = origin === kit.urls.MICROSOFT_GRAPH_URL ? "innerError" : "innererror";
  const chosen = kit.settings.get("microsoft", "inner_error_spelling") ?? usual;
  if (chosen !== "mixed") return chosen;
  return kit.random() < 0.5 ? "innerError" : "innererror";
}
