import { Hono } from "hono";
import { html } from "hono/html";
import { formatBytes } from "../kit/format-bytes.ts";
import { renderPage } from "../kit/page.ts";
import type { Kit } from "../kit/provider.ts";
import { createDownloadUrl } from "./download/download-link.ts";
import type { MicrosoftState } from "./state.ts";

/** Pages for people: the accounts with their files, and a page that plays one file. */
export function createFilePages(kit: Kit, state: MicrosoftState): Hono {
  const app = new Hono();

  app.get("/", (c) => {
    const accounts = [...state.accounts.values()];
    return c.html(renderPage(
      "OneDrive accounts",
      html`<main><h1>Pretend OneDrive</h1>
<p class="soft">${
        accounts.length === 0 ? "No account yet. Connect one in the app." : "Accounts and their files."
      }</p>
${
        accounts.map((account) =>
          html`
            <h2>${account.displayName} <span class="tag">${account.name}</span>
              <span class="tag">${account.kind}</span></h2>
            <div class="card">${renderFiles(state, account.name)}</div>
          `
        )
      }
</main>`,
    ));
  });

  app.get("/files/:account/*", (c) => {
    const account = state.accounts.get(c.req.param("account"));
    const drive = account && state.driveOf(account);
    const wanted = decodeURIComponent(new URL(c.req.url).pathname).split("/files/")[1] ?? "";
    const item = drive?.items().find((item) =>
      item.content && `${account?.name}${drive.pathOf(item)}` === wanted
    );
    if (!account || !drive || !item?.content) return c.notFound();
    const grant = { account: account.name, itemId: item.id, thumbnail: null };
    const url = createDownloadUrl(kit, state, grant, item.name);
    return c.html(renderPage(
      item.name,
      html`<main><p><a href="/microsoft">All files</a></p><h1>${item.name}</h1>
<p class="soft">${drive.pathOf(item)} · ${formatBytes(item.content.size)} · ${item.content.quickXor}</p>
${item.content.mimeType.startsWith("video/") ? html`<video src="${url}" controls></video>` : ""}
<p><a href="${url}">Download</a></p></main>`,
    ));
  });

  return app;
}

function renderFiles(state: MicrosoftState, account: string) {
  const files = state.listFiles().filter((file) => file.account === account);
  if (files.length === 0) return html`<span class="soft">No files.</span>`;
  return html`<table><tr><th>File</th><th>quickXorHash</th><th class="number">Size</th></tr>${
    files.map((file) =>
      html`
        <tr>
          <td><a href="/microsoft/files/${encodeURI(`${account}${file.path}`)}">${file.path}</a></td>
          <td><code>${file.quickxor}</code></td>
          <td class="number">${formatBytes(file.size)}</td>
        </tr>
      `
    )
  }</table>`;
}
