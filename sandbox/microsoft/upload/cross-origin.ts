import type { Kit } from "../../kit/provider.ts";

const METHODS = ["GET", "PUT", "DELETE", "OPTIONS"];
const HEADERS = ["content-range", "content-type"];

/** Answers a preflight: four methods and two headers are allowed, anything more makes it fail. */
export function answerPreflight(kit: Kit, request: Request): Response {
  const method = request.headers.get("access-control-request-method") ?? "";
  const asked = (request.headers.get("access-control-request-headers") ?? "").split(",")
    .map((name) => name.trim().toLowerCase()).filter(Boolean);
  const isAllowed = kit.settings.get("microsoft", "upload_cors", true) && METHODS.includes(method) &&
    asked.every((name) => HEADERS.includes(name));
  if (!isAllowed) return new Response(null, { status: 403 });
  return new Response(null, {
    status: 200,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": METHODS.join(", "),
      "access-control-allow-headers": HEADERS.join(", "),
      "access-control-max-age": "600",
    },
  });
}

/** Lets a page of any origin read the answer, by the switches; no header is exposed, `Retry-After` neither. */
export function allowCrossOrigin(kit: Kit, request: Request, response: Response): Response {
  const isOff = !kit.settings.get("microsoft", "upload_cors", true) ||
    (response.status >= 400 && !kit.settings.get("microsoft", "upload_cors_on_errors", true));
  if (isOff || request.method === "OPTIONS" || !request.headers.has("origin")) return response;
  response.headers.set("access-control-allow-origin", "*");
  return response;
}
