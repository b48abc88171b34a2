import { createHash, timingSafeEqual } from "node:crypto";

/** The one application that every simulator knows, as if registered with each provider. */
export interface RegisteredApp {
  clientId: string;
  clientSecret: string;
  /** Compared as whole strings. */
  redirectUris: readonly string[];
  /** Where Meta tells that a person removed the app, and that they want their data deleted; null for none. */
  deauthorizeUrl: string | null;
  dataDeletionUrl: string | null;
}

/** Compares two secrets without telling by time where they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
