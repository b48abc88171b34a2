import { createSign, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { Account } from "../account.ts";

const KEY_ID = "sandbox-1";
const LIFETIME_S = 3600;

const generatePair = promisify(generateKeyPair);

/** Signs id_tokens with a key of this process; `keys` is what www.googleapis.com/oauth2/v3/certs shows. */
export class IdTokenSigner {
  #pair: Promise<{ publicKey: KeyObject; privateKey: KeyObject }> | null = null;

  async keys() {
    const { publicKey } = await this.#getPair();
    return { keys: [{ ...publicKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: KEY_ID }] };
  }

  /** An id_token with the claims which the scopes allow. `now` is ms since 1970. */
  async sign(
    account: Account,
    clientId: string,
    scopes: readonly string[],
    nonce: string | null,
    now: number,
  ): Promise<string> {
    const issuedAt = Math.floor(now / 1000);
    const claims = {
      iss: "https://accounts.google.com",
      azp: clientId,
      aud: clientId,
      ...describePerson(account, scopes),
      ...(nonce === null ? {} : { nonce }),
      iat: issuedAt,
      exp: issuedAt + LIFETIME_S,
    };
    const text = `${encode({ alg: "RS256", kid: KEY_ID, typ: "JWT" })}.${encode(claims)}`;
    const { privateKey } = await this.#getPair();
    return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
  }

  #getPair() {
    return this.#pair ??= generatePair("rsa", { modulusLength: 2048 });
  }
}

/** Who an account is, as far as the scopes allow: claims of an id_token and of userinfo. */
export function describePerson(account: Account, scopes: readonly string[]) {
  return {
    sub: account.id,
    ...(scopes.includes("userinfo.email") ? { email: account.email, email_verified: true } : {}),
    ...(scopes.includes("userinfo.profile")
      ? { name: account.displayName, given_name: account.displayName }
      : {}),
  };
}

function encode(value: unknown): string {
  return new TextEncoder().encode(JSON.stringify(value)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
}
