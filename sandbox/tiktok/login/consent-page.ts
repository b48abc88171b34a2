import { html } from "hono/html";
import { renderConsentForm } from "../../kit/consent-form.ts";
import { renderPage } from "../../kit/page.ts";
import { isOptionalScope, SCOPE_TEXTS } from "../scopes.ts";
import type { AuthorizeFailure } from "./authorize-request.ts";

/** The page that asks for the account and for consent, scope by scope; `query` is the original authorize request. */
export function renderConsentPage(
  query: URLSearchParams,
  scopes: readonly string[],
  accounts: readonly string[],
) {
  const boxes = scopes.map((scope) =>
    html`
      <li><label class="choice"><input type="checkbox" name="scope" value="${scope}" checked
        ${isOptionalScope(scope) ? "" : "disabled"}>
        ${SCOPE_TEXTS[scope]}</label></li>
    `
  );
  return renderConsentForm({
    title: "Sign in to the pretend TikTok",
    heading: "This app wants access to your TikTok account",
    note: "A pretend TikTok account. Any name will do; the account is made on first use.",
    query,
    accounts,
    terms: html`
      <h2>Edit access</h2>
      <ul class="plain">${boxes}</ul>
    `,
    agree: "Continue",
  });
}

/** The page for a request that is not sent back to anyone. */
export function renderAuthorizeError({ errorType, message }: AuthorizeFailure) {
  return renderPage(
    "Something went wrong",
    html`
      <main class="narrow">
        <div class="card">
          <h1>Something went wrong</h1>
          <p>We couldn't log in with TikTok. This may be due to specific app settings.</p>
          <p class="soft">If you're a developer, correct the following and try again: <code>${errorType}</code>
            (${message})</p>
        </div>
      </main>
    `,
  );
}
