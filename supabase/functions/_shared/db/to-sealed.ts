import type { Sealed } from "../core/token-cipher.ts";

/** A ciphertext of a row with the key it was encrypted with; null where the row has none. */
export function toSealed(text: string | null, keyId: string): Sealed | null {
  return text ? { text, keyId } : null;
}
