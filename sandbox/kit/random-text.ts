/** An unguessable text of letters, digits, `-` and `_` made of that many random bytes. */
export function randomText(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toBase64({ alphabet: "base64url", omitPadding: true });
}
