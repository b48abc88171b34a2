import { jwtVerify } from "jose";
import { gatewayError } from "./gateway-error.ts";

interface CallerKeys {
  readonly jwtSecret: string;
  readonly publishableKey: string;
  readonly secretKey: string;
}

/**
 * The check behind `verify_jwt`: a valid access token, or one of the project's API keys in either header. It
 * never replaces the function's own check, because a key is no user.
 * @returns the refusal, or null when the request may pass
 */
export async function verifyCaller(request: Request, keys: CallerKeys): Promise<Response | null> {
  if (request.method === "OPTIONS") return null;
  const apiKey = request.headers.get("apikey");
  const token = /^Bearer\s+(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1]?.trim();
  if (isKey(token, keys) || (!token && isKey(apiKey, keys))) return null;
  if (!token) return gatewayError(401, "UNAUTHORIZED_NO_AUTH_HEADER", "Missing authorization header");
  if (token.split(".").length !== 3) {
    return gatewayError(401, "UNAUTHORIZED_INVALID_JWT_FORMAT", "Invalid JWT format");
  }
  try {
    await jwtVerify(token, new TextEncoder().encode(keys.jwtSecret), { algorithms: ["HS256"] });
    return null;
  } catch {
    return gatewayError(401, "UNAUTHORIZED_INVALID_JWT", "Invalid JWT");
  }
}

function isKey(value: string | null | undefined, keys: CallerKeys): boolean {
  return value === keys.publishableKey || value === keys.secretKey;
}
