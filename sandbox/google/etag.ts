import { createHash } from "node:crypto";

/** The etag of a resource: changes whenever anything in it does. */
export function etagOf(resource: unknown): string {
  return createHash("sha1").update(JSON.stringify(resource)).digest("base64url");
}
