import { errors, jwtVerify } from "jose";

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
    const token = /^Bearer\s+(.+)$/i.exec(authorization ?? "")?.[1]?.trim();
    if (!token || token.startsWith("sb_")) return { kind: "none" };
    const parts = token.split(".").length;
    if (parts !== 3) return refuse("PGRST301", `Expected 3 parts in JWT; got ${parts}`);
    try {
      const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"] });
      return { kind: "user", claims: payload };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refuse("PGRST303", "JWT expired");
      if (error instanceof errors.JWTClaimValidationFailed) return refuse("PGRST303", error.message);
      return refuse(
        "PGRST301",
        "No suitable key or wrong key type",
        "None of the keys was able to decode the JWT",
      );
    }
  };
}

function refuse(code: string, message: string, details: string | null = null): TokenResult {
  const response = Response.json({ code, message, details, hint: null }, {
    status: 401,
    headers: { "www-authenticate": `Bearer error="invalid_token", error_description="${message}"` },
  });
  return { kind: "refused", response };
}
