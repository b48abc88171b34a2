import { createHmac } from "node:crypto";
import type { RegisteredApp } from "../kit/registered-app.ts";

/** What Meta posts to an app's callbacks: a person's id, signed with the app's secret. `now` in ms since 1970. */
export function signRequest({ clientSecret }: RegisteredApp, personId: string, now: number): string {
  const payload = btoa(JSON.stringify({
    algorithm: "HMAC-SHA256",
    issued_at: Math.floor(now / 1000),
    user_id: personId,
  })).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const signature = createHmac("sha256", clientSecret).update(payload).digest("base64url");
  return `${signature}.${payload}`;
}
