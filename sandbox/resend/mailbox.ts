import { Hono } from "hono";
import { html } from "hono/html";
import { renderPage } from "../kit/page.ts";
import type { StoredMail } from "./mail.ts";
import type { MailStore } from "./mail-store.ts";

/** A mail's own page may show pictures and styles, open links in new windows, and nothing else. */
const BODY_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src * data:; style-src 'unsafe-inline'";

/** For mails that bring no style of their own. */
const PLAIN_LOOK = "<style>body { font: 15px/1.55 system-ui, sans-serif; margin: 1.25rem; }</style>";

/** The mailbox where every mail of the sandbox ends: a list, one page per mail, and the same as JSON. */
export function createMailbox(store: MailStore): Hono {
  const app = new Hono();

  app.get("/", (c) => c.html(renderList(store.list().toReversed())));
  app.get("/__sandbox/mails", (c) => c.json(store.list()));

  app.get("/mails/:id", (c) => {
    const mail = store.find(c.req.param("id"));
    return mail === null ? c.notFound() : c.html(renderMail(mail));
  });

  app.get("/mails/:id/body", (c) => {
    const mail = store.find(c.req.param("id"));
    if (!mail?.html) return c.notFound();
    c.header("content-security-policy", BODY_POLICY);
    return c.html(`<base target="_blank">${PLAIN_LOOK}${mail.html}`);
  });

  return app;
}

function renderList(mails: readonly StoredMail[]) {
  return renderPage(
    "Mailbox",
    html`
      <main>
        <h1>Mailbox</h1>
        <p class="soft">Every mail the app sends ends here. The list looks for new mail every few seconds.</p>
        <div class="card">${mails.length === 0
          ? html`<span class="soft">No mail yet.</span>`
          : html`<ul class="plain" style="margin:-.4rem 0">${mails.map(renderRow)}</ul>`}</div>
      </main>
      <script>
      const seen = ${mails.length};
      setInterval(async () => {
        const mails = await fetch("/__sandbox/mails").then((answer) => answer.json()).catch(() => null);
        if (mails !== null && mails.length !== seen) location.reload();
      }, 3000);
      </script>
    `,
  );
}

/** One line on a wide screen, three on a phone; long addresses break anywhere. */
function renderRow(mail: StoredMail) {
  return html`
    <li class="row" style="justify-content:space-between;gap:0 1.5rem;padding:.7rem 0">
      <span style="flex:1 1 16rem;min-width:0;overflow-wrap:anywhere">
        <a href="/mails/${mail.id}">${mail.subject || "(no subject)"}</a><br>
        <small>to ${mail.to.join(", ")}</small>
      </span>
      <small>${formatTime(mail.created_at)}</small>
    </li>
  `;
}

function renderMail(mail: StoredMail) {
  return renderPage(
    mail.subject,
    html`<main><p><a href="/">All mail</a></p><h1>${mail.subject || "(no subject)"}</h1>
<p class="soft" style="overflow-wrap:anywhere">${mail.from} to ${mail.to.join(", ")} · ${
      formatTime(mail.created_at)
    }
<span class="tag">${mail.last_event}</span></p>
${
      mail.html
        ? html`<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="Mail" style="height:31rem"
  src="/mails/${mail.id}/body"></iframe>`
        : ""
    }
${
      mail.text
        ? html`
          <h2>Text</h2>
          <div class="card" style="white-space:pre-wrap;overflow-wrap:anywhere">${linkify(mail.text)}</div>
        `
        : ""
    }
</main>`,
  );
}

/** Turns the addresses in a text into links; the text between them is escaped. */
function linkify(text: string) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) =>
    index % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>` : html`${part}`
  );
}

function formatTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
