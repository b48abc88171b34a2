import type { Account } from "../account.ts";

const encoder = new TextEncoder();
const KEY_ID = "sandbox-1";

/** Signs id_tokens with a key of this process; `keys` is what the discovery document points to. */
export interface IdTokenSigner {
  keys(): Promise<unknown>;
  sign(
    account: Account,
    clientId: string,
    issuer: string,
    nonce: string | null,
    now: number,
  ): Promise<string>;
}

/** An RS256 signer whose key is made on first use. */
export function createIdTokenSigner(): IdTokenSigner {
  let pair: Promise<CryptoKeyPair> | null = null;
  const getPair = () =>
    pair ??= crypto.subtle.generateKey(
      {
        name: "RSASSA-PKCS1-v1_5",
        modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]),
        hash: "SHA-256",
      },
      true,
      ["sign", "verify"],
    );
  return {
    async keys() {
      const jwk = await crypto.subtle.exportKey("jwk", (await getPair()).publicKey);
      return { keys: [{ kty: jwk.kty, n: jwk.n, e: jwk.e, use: "sig", alg: "RS256", kid: KEY_ID }] };
    },
    async sign(account, clientId, issuer, nonce, now) {
      const issuedAt = Math.floor(now / 1000);
      const claims = {
        ver: "2.0",
        iss: `${issuer}/${account.tenantId}/v2.0`,
        sub: `sub-${account.id}`,
        aud: clientId,
        iat: issuedAt,
        nbf: issuedAt,
        exp: issuedAt + 3600,
        name: account.displayName,
        preferred_username: account.email,
        oid: account.kind === "personal"
          ? `00000000-0000-0000-${account.id.slice(0, 4)}-${account.id.slice(4)}`
          : account.id,
        tid: account.tenantId,
        ...(nonce === null ? {} : { nonce }),
      };
      const head = `${encode({ typ: "JWT", alg: "RS256", kid: KEY_ID })}.${encode(claims)}`;
      const key = (await getPair()).privateKey;
      const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", key, encoder.encode(head));
      return `${head}.${toBase64Url(new Uint8Array(signature))}`;
    },
  };
}

function encode(value: unknown): string {
  return toBase64Url(encoder.encode(JSON.stringify(value)));
}

function toBase64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
