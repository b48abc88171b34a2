const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The short name of a Reel in its address: the id in base 64. */
export function shortcodeOf(id: string): string {
  let text = "";
  for (let rest = BigInt(id); rest > 0n; rest /= 64n) text = LETTERS[Number(rest % 64n)]! + text;
  return text;
}
