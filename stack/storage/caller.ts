import { createHash, timingSafeEqual } from "node:crypto";
import { jwtVerify } from "jose";
import type { StorageConfig } from "./config.ts";
import { refusals } from "./storage-error.ts";

/** On whose behalf a request touches the database. */
export interface Caller {
  /** Database role. */
  readonly role: string;
  /** User id; owner of what the caller makes. */
  readonly sub: string | null;
  readonly claims: Readonly<Record<string, unknown>>;
}

export const ANONYMOUS: Caller = { role: "anon", sub: null, claims: { role: "anon" } };

/** The server itself: sees every row. Used for what hosted Storage does as superuser, never for a caller. */
export const SERVER: Caller = { role: "service_role", sub: null, claims: { role: "service_role" } };

/**
 * Finds out who is asking. `Authorization` wins over `apikey`; either may hold an API key or a JWT signed with
 * the project's secret. No credentials at all is the anonymous role.
 * @throws StorageError AccessDenied for a credential that is present and wrong
 */
export async function readCaller(headers: Headers, config: StorageConfig): Promise<Caller> {
  const bearer = (headers.get("authorization") ?? "").replace(/^Bearer\s+/i, "").trim();
  const credential = bearer || (headers.get("apikey") ?? "").trim();
  if (!credential) return ANONYMOUS;
  if (isSame(credential, config.secretKey)) return SERVER;
  if (isSame(credential, config.publishableKey)) return ANONYMOUS;
  try {
    const { payload } = await jwtVerify(credential, new TextEncoder().encode(config.jwtSecret), {
      algorithms: ["HS256"],
    });
    return {
      role: typeof payload.role === "string" ? payload.role : "anon",
      sub: payload.sub ?? null,
      claims: payload,
    };
  } catch (error) {
    throw refusals.accessDenied(error instanceof Error ? error.message : "Invalid JWT", error);
  }
}

/** Compares in a time that depends on neither value. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
