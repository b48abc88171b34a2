import { html } from "hono/html";
import { renderConsentForm } from "../../kit/consent-form.ts";
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
  const boxes = scopes.filter((scope) => !isAlwaysGranted(signIn, scope)).map((scope) =>
    html`
      <li><label class="choice"><input type="checkbox" name="scope" value="${scope}" checked>
        ${describeScope(signIn, scope)}</label></li>
    `
  );
  return renderConsentForm({
    title,
    heading: title,
    note:
      "A pretend account. Any name will do; the account, its Page and its Instagram account are made on first use.",
    query,
    accounts,
    terms: boxes.length === 0 ? "" : html`
      <h2>What the app may do</h2>
      <ul class="plain">${boxes}</ul>
    `,
    agree: "Continue",
  });
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
