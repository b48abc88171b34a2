const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
  "#39": "'",
};

/** The words of a mail's HTML, links as `words: address`, one paragraph a line. */
export function toPlainText(html: string): string {
  return html
    .replace(/<(head|style|title)\b[\s\S]*?<\/\1>/gi, "")
    .replace(
      /<a\b[^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi,
      (_, href, words) => `${words.trim()}: ${href}`,
    )
    .replace(/<\/(p|div|h\d|tr|td|table)>|<br\s*\/?>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(#?\w+);/g, (entity, name) => ENTITIES[name] ?? entity)
    .split("\n").map((line) => line.replace(/[ \t]+/g, " ").trim()).filter(Boolean).join("\n\n");
}
