import { compactVerify } from "jose";
import { checkClaims } from "./check-claims.ts";

export type TokenResult =
  | { readonly kind: "none" }
  | { readonly kind: "user"; readonly claims: Record<string, unknown> }
  | { readonly kind: "refused"; readonly response: Response };

/**
 * Reads the access token of a Data API request. API keys are not tokens: sent as Bearer they are ignored, the
 * header `apikey` decides. Anything else must be a valid HS256 token; failures are answered as PostgREST does.
 */
export function createTokenReader(jwtSecret: string): (authorization: string | null) => Promise<TokenResult> {
  const key = new TextEncoder().encode(jwtSecret);
  return async (authorization) => {
    const bearer = /^Bearer(?:\s+(.*))?$/i.exec(authorization ?? "");
    const token = bearer?.[1]?.trim() ?? "";
    if (!bearer || token.startsWith("sb_")) return { kind: "none" };
    if (token === "") return refuse("PGRST301", "Empty JWT is sent in Authorization header");
    const parts = token.split(".").length;
    if (parts !== 3) return refuse("PGRST301", `Expected 3 parts in JWT; got ${parts}`);
    const payload = await compactVerify(token, key, { algorithms: ["HS256"] })
      .then((verified) => verified.payload, () => null);
    if (!payload) {
      return refuse(
        "PGRST301",
        "No suitable key or wrong key type",
        "None of the keys was able to decode the JWT",
      );
    }
    const claims = parseClaims(payload);
    if (!claims) return refuse("PGRST303", "Parsing claims failed");
    const objection = checkClaims(claims);
    return objection ? refuse("PGRST303", objection) : { kind: "user", claims };
  };
}

function parseClaims(payload: Uint8Array): Record<string, unknown> | null {
  try {
    const claims = JSON.parse(new TextDecoder().decode(payload));
    return typeof claims === "object" && claims !== null && !Array.isArray(claims) ? claims : null;
  } catch {
    return null;
  }
}

function refuse(code: string, message: string, details: string | null = null): TokenResult {
  const response = Response.json({ code, message, details, hint: null }, {
    status: 401,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "www-authenticate": `Bearer error="invalid_token", error_description="${message}"`,
    },
  });
  return { kind: "refused", response };
}
