import { Hono } from "hono";
import { html } from "hono/html";
import { type ControlDeps, createControlApi } from "./control-api.ts";
import { renderPage } from "./page.ts";

/** The control origin: the JSON API, an index for people, and the pages of each provider. */
export function createControlOrigin(deps: ControlDeps, urls: Readonly<Record<string, string>>): Hono {
  const app = new Hono();
  app.route("/__sandbox", createControlApi(deps));
  app.get("/", (c) => c.html(renderIndex(deps, urls)));
  for (const provider of deps.providers) {
    if (provider.pages) app.route(`/${provider.service}`, provider.pages);
  }
  return app;
}

function renderIndex(deps: ControlDeps, urls: Readonly<Record<string, string>>) {
  const pages = deps.providers.filter((provider) => provider.pages);
  return renderPage(
    "Sandbox",
    html`
      <main>
        <h1>Sandbox</h1>
        <p class="soft">Pretend services that answer like the real ones. Nothing here leaves this machine.</p>
        <div class="card">
          <ul class="plain">${pages.map((provider) =>
            html`<li><a href="/${provider.service}">${provider.service}</a></li>`
          )}${urls.MAIL_URL ? html`<li><a href="${urls.MAIL_URL}">mailbox</a></li>` : ""}</ul>
        </div>
        <h2>Addresses</h2>
        <div class="card">
          <table>${Object.entries(urls).map(([name, url]) =>
            html`
              <tr>
                <td>${name}</td>
                <td><code>${url}</code></td>
              </tr>
            `
          )}</table>
        </div>
      </main>
    `,
  );
}
