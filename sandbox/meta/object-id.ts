import { createHash } from "node:crypto";

const DIGITS = 17;

/** An object id of 17 digits, above 2^53, that follows from a text. It begins with `prefix`. */
export function idFrom(prefix: string, text: string): string {
  return fill(prefix, createHash("sha256").update(text).digest());
}

/** A new object id of 17 digits, above 2^53. */
export function newId(prefix: string): string {
  return fill(prefix, crypto.getRandomValues(new Uint8Array(DIGITS)));
}

function fill(prefix: string, bytes: Uint8Array): string {
  const digits = [...bytes].map((byte) => byte % 10).join("");
  return (prefix + digits).slice(0, DIGITS);
}
