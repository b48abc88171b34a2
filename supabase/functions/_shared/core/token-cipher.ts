import { fromBase64, toBase64 } from "./encoding.ts";

const IV_BYTES = 12;

/** What a ciphertext belongs to. Moved to another row or column it does not decrypt. */
export interface CipherContext {
  userId: string;
  provider: string;
  column: string;
}

export interface Sealed {
  /** Base64 of the initialisation vector followed by ciphertext and tag. */
  text: string;
  keyId: string;
}

export interface TokenCipher {
  encrypt(plain: string, context: CipherContext): Promise<Sealed>;
  decrypt(sealed: Sealed, context: CipherContext): Promise<string>;
}

interface TokenCipherOptions {
  /** Key id -> base64 of 32 bytes. Old keys stay listed until every row was written anew. */
  keys: Record<string, string>;
  /** The key new values are encrypted with. */
  currentKeyId: string;
}

/** AES-256-GCM by WebCrypto with key ids, so that keys can be rotated without downtime. */
export function createTokenCipher({ keys, currentKeyId }: TokenCipherOptions): TokenCipher {
  const imported = new Map<string, Promise<CryptoKey>>();

  function keyFor(keyId: string): Promise<CryptoKey> {
    const raw = keys[keyId];
    if (!raw) throw new Error(`Token encryption key "${keyId}" is not configured.`);
    const known = imported.get(keyId);
    if (known) return known;
    const key = crypto.subtle.importKey("raw", fromBase64(raw), "AES-GCM", false, ["encrypt", "decrypt"]);
    imported.set(keyId, key);
    return key;
  }

  return {
    async encrypt(plain, context) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const cipherBytes = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv, additionalData: additionalData(context) },
        await keyFor(currentKeyId),
        new TextEncoder().encode(plain),
      );
      const joined = new Uint8Array(IV_BYTES + cipherBytes.byteLength);
      joined.set(iv);
      joined.set(new Uint8Array(cipherBytes), IV_BYTES);
      return { text: toBase64(joined), keyId: currentKeyId };
    },

    async decrypt(sealed, context) {
      const joined = fromBase64(sealed.text);
      const plain = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: joined.subarray(0, IV_BYTES), additionalData: additionalData(context) },
        await keyFor(sealed.keyId),
        joined.subarray(IV_BYTES),
      );
      return new TextDecoder().decode(plain);
    },
  };
}

function additionalData({ userId, provider, column }: CipherContext): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify([userId, provider, column]));
}
