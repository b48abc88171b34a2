import type { MailBlock, MailPlace, MailTone } from "./mail-block.ts";

/** A mail before it is written out. */
export interface MailFrame {
  heading: string;
  blocks: readonly MailBlock[];
  /** Blocks that found no room. */
  hiddenCount: number;
  webUrl: string;
}

/** Text colours by tone; the dark ones are set by class, for readers that know the media query. */
const COLORS: Readonly<Record<MailTone, string>> = { good: "#1f6b45", bad: "#a83226", calm: "#47534b" };

/** Said again in every table, which inherits no font where a mail is shown in quirks mode. */
const FONT =
  "font-family:-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;font-size:16px;line-height:1.55;";

/** Mail programs strip much: looks stand inline, and only the dark colours in a style element. */
const DARK = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #101512 !important; }
  .card { background: #191f1b !important; border-color: #2a322d !important; }
  .ink { color: #f0f3ec !important; }
  .soft, .calm { color: #b4beb6 !important; }
  .good { color: #8fdc9f !important; }
  .bad { color: #f0978b !important; }
  .link { color: #c9ee4f !important; }
  .button { background: #c9ee4f !important; color: #17211b !important; }
  .line { border-color: #2a322d !important; }
}`;

/** The mail as HTML. Whatever comes from a user or a platform is escaped; links lead over http and https alone. */
export function renderMailHtml({ heading, blocks, hiddenCount, webUrl }: MailFrame): string {
  const isOne = blocks.length === 1;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(heading)}</title>
<style>${DARK}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f5f1;">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f5f1;">
<tr><td align="center" style="padding:32px 16px;">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #e3e6de;border-radius:14px;">
<tr><td class="soft" style="padding:30px 32px;${FONT}color:#47534b;">
<p class="link" style="margin:0 0 22px;font-weight:700;color:#123c2b;">Cliprelay</p>
<h1 class="ink" style="margin:0 0 14px;font-size:22px;line-height:1.3;color:#17211b;">${escape(heading)}</h1>
${blocks.map((block) => renderBlock(block, isOne)).join("\n")}
${hiddenCount > 0 ? renderHidden(hiddenCount, webUrl) : ""}
</td></tr>
</table>
<p class="soft" style="max-width:560px;margin:18px auto 0;font-family:-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;font-size:13px;line-height:1.5;color:#5c675f;">You get this because you use Cliprelay. <a class="link" href="${
    escape(`${webUrl}/settings/notifications`)
  }" style="color:#1f5a3f;">Choose what we mail you</a></p>
</td></tr>
</table>
</body>
</html>
`;
}

function renderBlock({ title, tone, quote, text, places, link }: MailBlock, isOne: boolean): string {
  return [
    `<div class="line" style="${isOne ? "" : "padding:18px 0;border-top:1px solid #e3e6de;"}">`,
    isOne
      ? ""
      : `<h2 class="${
        tone === "bad" ? "bad" : "ink"
      }" style="margin:0 0 6px;font-size:17px;line-height:1.35;color:${
        tone === "bad" ? COLORS.bad : "#17211b"
      };">${escape(title)}</h2>`,
    quote
      ? `<p class="soft" style="margin:0 0 14px;color:#47534b;overflow-wrap:anywhere;">“${escape(quote)}”</p>`
      : "",
    text
      ? `<p style="margin:0 0 14px;overflow-wrap:anywhere;">${escape(text).replace(/\n/g, "<br>")}</p>`
      : "",
    places.length > 0
      ? `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 18px;">${
        places.map(renderPlace).join("")
      }</table>`
      : "",
    link ? renderLink(link, isOne) : "",
    "</div>",
  ].filter(Boolean).join("\n");
}

function renderPlace({ name, state, tone, text, url }: MailPlace): string {
  const watch = url && isWebAddress(url)
    ? ` · <a class="link" href="${escape(url)}" style="color:#1f5a3f;white-space:nowrap;">Watch it</a>`
    : "";
  return `<tr><td class="line" style="padding:12px 0;border-top:1px solid #e3e6de;${FONT}overflow-wrap:anywhere;">` +
    `<span class="ink" style="font-weight:600;color:#17211b;">${escape(name)}</span><br>` +
    `<span class="${tone}" style="color:${COLORS[tone]};">${escape(state)}</span>${watch}` +
    (text ? `<br><span class="soft" style="font-size:14px;color:#5c675f;">${escape(text)}</span>` : "") +
    `</td></tr>`;
}

/** The one thing to do is a button; among several, each is a plain link. */
function renderLink({ href, label }: { href: string; label: string }, isButton: boolean): string {
  return isButton
    ? `<p style="margin:6px 0 0;"><a class="button" href="${
      escape(href)
    }" style="display:inline-block;padding:12px 20px;border-radius:9px;background:#123c2b;color:#eef5e4;font-weight:600;text-decoration:none;">${
      escape(label)
    }</a></p>`
    : `<p style="margin:0;"><a class="link" href="${escape(href)}" style="color:#1f5a3f;font-weight:600;">${
      escape(label)
    }</a></p>`;
}

function renderHidden(count: number, webUrl: string): string {
  return `<p class="soft" style="margin:14px 0 0;">And ${count} more. <a class="link" href="${
    escape(`${webUrl}/notifications`)
  }" style="color:#1f5a3f;">See all</a></p>`;
}

const isWebAddress = (url: string) => /^https?:$/.test(URL.parse(url)?.protocol ?? "");

function escape(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign]!,
  );
}
