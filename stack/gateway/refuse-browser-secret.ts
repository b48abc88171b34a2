import { gatewayError } from "./gateway-error.ts";

/**
 * The hosted gateway takes no secret key from a browser, known by its User-Agent, so that a leaked key is of no use
 * in a page (https://supabase.com/docs/guides/api/api-keys).
 * @returns the refusal, or null when the request may pass
 */
export function refuseBrowserSecret(request: Request, secretKey: string): Response | null {
  if (!request.headers.get("user-agent")?.startsWith("Mozilla/")) return null;
  const bearer = request.headers.get("authorization")?.replace(/^Bearer\s+/i, "").trim();
  if (request.headers.get("apikey") !== secretKey && bearer !== secretKey) return null;
  return gatewayError(401, "UNAUTHORIZED", "Forbidden use of a secret API key in a browser.");
}
