/** The text as it goes to a platform: the caption, an empty line, the hashtags. */
export function composeText(caption: string, hashtags: readonly string[]): string {
  const tags = hashtags.map((tag) => (tag.startsWith("#") ? tag : `#${tag}`)).join(" ");
  return [caption.trim(), tags].filter(Boolean).join("\n\n");
}
