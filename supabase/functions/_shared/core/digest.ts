import { toBase64url, toHex } from "./encoding.ts";

const encoder = new TextEncoder();

/** Lower-case hex SHA-256 of a text. */
export async function sha256Hex(text: string): Promise<string> {
  return toHex(await digest(text));
}

/** Base64url SHA-256 without padding: the S256 code challenge of RFC 7636. */
export async function sha256Base64url(text: string): Promise<string> {
  return toBase64url(await digest(text));
}

/** Lower-case hex HMAC-SHA256. */
export async function hmacSha256Hex(secret: string, text: string): Promise<string> {
  return toHex(await hmacSha256(secret, text));
}

/** Base64url HMAC-SHA256 without padding. */
export async function hmacSha256Base64url(secret: string, text: string): Promise<string> {
  return toBase64url(await hmacSha256(secret, text));
}

async function hmacSha256(secret: string, text: string): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text)));
}

/** Random text of `bytes` bytes, base64url. 32 bytes make 43 characters, a legal PKCE verifier. */
export function randomBase64url(bytes: number): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(bytes)));
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
}
