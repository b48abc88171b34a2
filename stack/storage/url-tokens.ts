import { createHmac } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import type { JWTPayload } from "jose";
import { refusals } from "./storage-error.ts";

/** Right to read one object by URL. */
export interface ReadGrant {
  /** bucket/path */
  readonly url: string;
  /** Moment the grant ends, in seconds since 1970. */
  readonly exp: number;
}

/** Right to upload one object by URL. */
export interface UploadGrant {
  /** bucket/path */
  readonly url: string;
  /** User id the object will belong to. */
  readonly owner: string | null;
  readonly upsert: boolean;
}

export interface UrlTokens {
  signRead(url: string, expiresIn: number): Promise<string>;
  /** @throws StorageError InvalidJWT or InvalidSignature */
  verifyRead(token: string, url: string): Promise<ReadGrant>;
  signUpload(grant: UploadGrant): Promise<string>;
  /** @throws StorageError InvalidJWT or InvalidSignature */
  verifyUpload(token: string, url: string): Promise<UploadGrant>;
}

/** Lifetime of a signed upload URL, in seconds. */
const UPLOAD_SECONDS = 7200;

/**
 * Signs and checks the tokens of signed URLs. Reading and uploading have keys of their own, derived from the
 * project's secret: no token of one kind passes as the other or as an access token.
 */
export function createUrlTokens(jwtSecret: string): UrlTokens {
  const readKey = deriveKey(jwtSecret, "storage read url");
  const uploadKey = deriveKey(jwtSecret, "storage upload url");
  return {
    signRead: (url, expiresIn) => sign({ url }, readKey, expiresIn),
    verifyRead: async (token, url) => {
      const payload = await verify(token, readKey, url);
      return { url, exp: payload.exp! };
    },
    signUpload: ({ url, owner, upsert }) => sign({ url, owner, upsert }, uploadKey, UPLOAD_SECONDS),
    verifyUpload: async (token, url) => {
      const payload = await verify(token, uploadKey, url);
      return {
        url,
        owner: typeof payload.owner === "string" ? payload.owner : null,
        upsert: payload.upsert === true,
      };
    },
  };
}

function sign(payload: JWTPayload, key: Uint8Array, expiresIn: number): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT(payload)
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt(now)
    .setExpirationTime(now + expiresIn)
    .sign(key);
}

async function verify(token: string, key: Uint8Array, url: string): Promise<JWTPayload> {
  let payload: JWTPayload;
  try {
    payload = (await jwtVerify(token, key, { algorithms: ["HS256"], requiredClaims: ["exp"] })).payload;
  } catch (error) {
    throw refusals.invalidJwt(error instanceof Error ? error.message : "Invalid JWT");
  }
  if (payload.url !== url) throw refusals.invalidSignature();
  return payload;
}

function deriveKey(secret: string, purpose: string): Uint8Array {
  return createHmac("sha256", secret).update(purpose).digest();
}
