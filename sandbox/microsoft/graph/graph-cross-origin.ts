const EXPOSED =
  "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, WWW-Authenticate";

/** Graph lets any page call it with any header. */
export function answerGraphPreflight(request: Request): Response {
  const asked = request.headers.get("access-control-request-headers");
  return new Response(null, {
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
      ...(asked === null ? {} : { "access-control-allow-headers": asked }),
      "access-control-max-age": "3600",
    },
  });
}

/** Makes the answer readable to any page; `Retry-After` is not among the exposed headers. */
export function allowAnyOrigin(request: Request, response: Response): Response {
  if (request.method === "OPTIONS" || !request.headers.has("origin")) return response;
  response.headers.set("access-control-allow-origin", "*");
  response.headers.set("access-control-expose-headers", EXPOSED);
  return response;
}
