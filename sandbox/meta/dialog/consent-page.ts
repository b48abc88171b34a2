import { html } from "hono/html";
import { renderPage } from "../../kit/page.ts";
import { describeScope, isAlwaysGranted } from "../scopes.ts";
import type { DialogRules } from "./dialog-rules.ts";

/** The page that asks for the account and for consent, scope by scope; `query` is the original request. */
export function renderConsentPage(
  { signIn, title }: DialogRules,
  query: URLSearchParams,
  scopes: readonly string[],
  accounts: readonly string[],
) {
  const hidden = [...query].map(([name, value]) =>
    html`<input type="hidden" name="${`query_${name}`}" value="${value}">`
  );
  const boxes = scopes.filter((scope) => !isAlwaysGranted(signIn, scope)).map((scope) =>
    html`
      <li><label class="choice"><input type="checkbox" name="scope" value="${scope}" checked>
        ${describeScope(signIn, scope)}</label></li>
    `
  );
  return renderPage(
    title,
    html`
      <main class="narrow">
        <form class="card" method="post">
      <h1>${title}</h1>
      <p class="soft">A pretend account. Any name will do; the account, its Page and its Instagram account are made on first use.</p>
      ${hidden}
      <label for="account">Account name</label>
      <input id="account" type="text" name="account" required autofocus list="known" autocomplete="off"
        placeholder="ann" pattern="[A-Za-z0-9][A-Za-z0-9._+\\-]*">
      <datalist id="known">${accounts.map((name) => html`<option value="${name}"></option>`)}</datalist>
      ${boxes.length === 0 ? "" : html`
        <h2>What the app may do</h2>
        <ul class="plain">${boxes}</ul>
      `}
      <div class="row end">
      <button name="decision" value="cancel" formnovalidate>Cancel</button>
      <button class="primary" name="decision" value="accept">Continue</button>
      </div>
        </form>
      </main>
    `,
  );
}

/** The page for a request that is not sent back to anyone. */
export function renderDialogError(message: string) {
  return renderPage(
    "Error",
    html`
      <main class="narrow">
        <div class="card">
          <h1>Sorry, something went wrong</h1>
          <p>${message}</p>
        </div>
      </main>
    `,
  );
}
