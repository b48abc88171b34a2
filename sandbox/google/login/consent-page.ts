import { html } from "hono/html";
import { renderConsentForm } from "../../kit/consent-form.ts";
import { renderPage } from "../../kit/page.ts";
import { isSignInScope, SCOPE_TEXTS } from "../scopes.ts";
import type { AuthorizeFailure } from "./authorize-request.ts";

/** The page that asks for the account and for consent, scope by scope; `query` is the original authorize request. */
export function renderConsentPage(
  query: URLSearchParams,
  scopes: readonly string[],
  accounts: readonly string[],
) {
  const boxes = scopes.filter((scope) => !isSignInScope(scope)).map((scope) =>
    html`
      <li><label class="choice"><input type="checkbox" name="scope" value="${scope}" checked>
        ${SCOPE_TEXTS[scope]}</label></li>
    `
  );
  return renderConsentForm({
    title: "Sign in to the pretend YouTube",
    heading: "This app wants access to your YouTube channel",
    note: "A pretend Google account. Any name will do; the account and its channel are made on first use.",
    query,
    accounts,
    terms: html`
      <h2>Select what it can access</h2>
      <ul class="plain">${boxes}</ul>
    `,
    agree: "Continue",
  });
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
