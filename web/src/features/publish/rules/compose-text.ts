/** Hashtags out of what somebody typed: separated by spaces or commas, with or without `#`, each once. */
export function parseHashtags(typed: string): string[] {
  const seen = new Map<string, string>();
  for (const piece of typed.split(/[\s,;#＃]+/u).filter(Boolean)) {
    if (!seen.has(piece.toLowerCase())) seen.set(piece.toLowerCase(), piece);
  }
  return [...seen.values()];
}

/** Those that no platform takes as a hashtag. Letters, digits and `_` make one, in any script. */
export const findBadHashtags = (hashtags: readonly string[]): string[] =>
  hashtags.filter((tag) => !/^[\p{L}\p{N}_]{1,100}$/u.test(tag));

/** With their signs, each once. */
export const joinHashtags = (hashtags: readonly string[]): string =>
  hashtags.map((tag) => `#${tag.replace(/^#/, "")}`).join(" ");

/** The text as it is posted: the caption, then its hashtags. */
export function composeText(caption: string, hashtags: readonly string[]): string {
  return [caption.trim(), hashtags.map((tag) => `#${tag}`).join(" ")].filter(Boolean).join("\n\n");
}
