import { html } from "hono/html";
import { renderPage } from "../../kit/page.ts";
import { isSignInScope, SCOPE_TEXTS } from "../scopes.ts";
import type { AuthorizeFailure } from "./authorize-request.ts";

/** The page that asks for the account and for consent, scope by scope; `query` is the original authorize request. */
export function renderConsentPage(
  query: URLSearchParams,
  scopes: readonly string[],
  accounts: readonly string[],
) {
  const hidden = [...query].map(([name, value]) =>
    html`<input type="hidden" name="${`query_${name}`}" value="${value}">`
  );
  const boxes = scopes.filter((scope) => !isSignInScope(scope)).map((scope) =>
    html`
      <li><label class="choice"><input type="checkbox" name="scope" value="${scope}" checked>
        ${SCOPE_TEXTS[scope]}</label></li>
    `
  );
  return renderPage(
    "Sign in to the pretend YouTube",
    html`
      <main class="narrow">
        <form class="card" method="post">
      <h1>This app wants access to your YouTube channel</h1>
      <p class="soft">A pretend Google account. Any name will do; the account and its channel are made on first use.</p>
      ${hidden}
      <label for="account">Account name</label>
      <input id="account" type="text" name="account" required autofocus list="known" autocomplete="off"
        placeholder="ann" pattern="[A-Za-z0-9][A-Za-z0-9._+\\-]*">
      <datalist id="known">${accounts.map((name) => html`<option value="${name}"></option>`)}</datalist>
      <h2>Select what it can access</h2>
      <ul class="plain">${boxes}</ul>
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
export function renderAuthorizeError({ error, message, status }: AuthorizeFailure) {
  return renderPage(
    "Access blocked",
    html`
      <main class="narrow">
        <div class="card">
          <h1>Access blocked: this app's request is invalid</h1>
          <p>Error ${status}: ${error}</p>
          <p class="soft">${message}</p>
        </div>
      </main>
    `,
  );
}
