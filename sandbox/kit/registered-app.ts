import { createHash, timingSafeEqual } from "node:crypto";

/** The one application that every simulator knows, as if registered with each provider. */
export interface RegisteredApp {
  clientId: string;
  clientSecret: string;
  /** Compared as whole strings. */
  redirectUris: readonly string[];
}

/** Compares two secrets without telling by time where they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
