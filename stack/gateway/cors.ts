/** What Supabase's clients send; a preflight that asks for others gets those too, as from the hosted gateway. */
const ALLOWED_HEADERS = [
  ...[
    "authorization",
    "apikey",
    "x-client-info",
    "content-type",
    "content-profile",
    "accept",
    "accept-profile",
  ],
  ...["prefer", "range", "range-unit", "content-range", "if-none-match", "cache-control", "x-region"],
  ...["x-retry-count", "x-supabase-api-version", "x-upsert", "x-metadata", "x-signature", "tus-resumable"],
  ...["upload-length", "upload-metadata", "upload-offset", "upload-concat", "upload-defer-length"],
  ...["x-http-method-override", "idempotency-key", "traceparent", "tracestate", "baggage"],
];

const EXPOSED_HEADERS = [
  ...["content-range", "content-location", "content-length", "content-disposition", "accept-ranges", "etag"],
  ...[
    "location",
    "preference-applied",
    "retry-after",
    "sb-error-code",
    "x-sb-error-code",
    "www-authenticate",
  ],
  ...["upload-offset", "upload-length", "upload-metadata", "upload-expires", "tus-resumable", "tus-version"],
  ...["tus-extension", "tus-max-size"],
].join(", ");

/** Answer to a preflight of the Auth, Data and Storage API. Functions answer their own. */
export function answerPreflight(request: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      "access-control-allow-headers": request.headers.get("access-control-request-headers") ??
        ALLOWED_HEADERS.join(", "),
      "access-control-max-age": "3600",
      "vary": "access-control-request-headers",
    },
  });
}

/** Lets scripts of every origin read a response: access is a matter of keys and tokens, not of cookies. */
export function addCorsHeaders(headers: Headers): void {
  headers.set("access-control-allow-origin", "*");
  headers.set("access-control-expose-headers", EXPOSED_HEADERS);
  headers.delete("access-control-allow-credentials");
}
