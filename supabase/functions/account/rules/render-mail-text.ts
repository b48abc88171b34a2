import type { MailBlock } from "./mail-block.ts";
import type { MailFrame } from "./render-mail-html.ts";

/** The same mail for who reads no HTML. */
export function renderMailText({ heading, blocks, hiddenCount, webUrl }: MailFrame): string {
  return [
    ...(blocks.length > 1 ? [heading] : []),
    ...blocks.map(renderBlock),
    ...(hiddenCount > 0 ? [`And ${hiddenCount} more: ${webUrl}/notifications`] : []),
    `--\nCliprelay, ${webUrl}\nChoose what we mail you: ${webUrl}/settings/notifications`,
  ].join("\n\n") + "\n";
}

function renderBlock({ title, quote, text, places, link }: MailBlock): string {
  return [
    title,
    ...(quote ? [`“${quote}”`] : []),
    ...(text ? [text] : []),
    ...places.map((place) =>
      [
        `- ${place.name}: ${place.state}`,
        ...(place.text ? [`  ${place.text}`] : []),
        ...(place.url ? [`  ${place.url}`] : []),
      ].join("\n")
    ),
    ...(link ? [`${link.label}: ${link.href}`] : []),
  ].join("\n");
}
