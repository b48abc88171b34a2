import { html } from "hono/html";
import { renderConsentForm } from "../../kit/consent-form.ts";
import { renderPage } from "../../kit/page.ts";

const SCOPE_TEXTS: Record<string, string> = {
  openid: "Sign you in",
  profile: "View your basic profile",
  email: "View your e-mail address",
  offline_access: "Keep access to data you have given it access to",
  "User.Read": "Read your profile",
  "Files.Read": "Read your files",
  "Files.ReadWrite": "Have full access to your files",
};

/** The page that asks for the account and for consent; `query` is the original authorize request. */
export function renderConsentPage(
  query: URLSearchParams,
  scopes: readonly string[],
  accounts: readonly string[],
) {
  return renderConsentForm({
    title: "Sign in to the pretend OneDrive",
    heading: "Let this app use your OneDrive?",
    note: "A pretend Microsoft account. Any name will do; the account is made on first use.",
    query,
    accounts,
    terms: html`
      <p style="margin-top:1rem">
        <label class="choice"><input type="radio" name="kind" value="" checked> Personal</label>
        <label class="choice"><input type="radio" name="kind" value="work"> Work or school</label>
      </p>
      <h2>It will be able to</h2>
      <ul class="plain scopes">${scopes.map((scope) => html`<li>${SCOPE_TEXTS[scope] ?? scope}</li>`)}</ul>
    `,
    agree: "Accept",
  });
}

/** The page for a request that cannot be sent back to anyone. */
export function renderSignInError(number: number, message: string) {
  return renderPage(
    "Sorry, but we're having trouble signing you in.",
    html`
      <main class="narrow">
        <div class="card">
          <h1>Sorry, but we're having trouble signing you in.</h1>
          <p>AADSTS${number}: ${message}</p>
        </div>
      </main>
    `,
  );
}
