import { html } from "hono/html";
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
  const hidden = [...query].map(([name, value]) =>
    html`<input type="hidden" name="${`query_${name}`}" value="${value}">`
  );
  return renderPage(
    "Sign in to the pretend OneDrive",
    html`
      <main class="narrow">
        <form class="card" method="post">
      <h1>Let this app use your OneDrive?</h1>
      <p class="soft">A pretend Microsoft account. Any name will do; the account is made on first use.</p>
      ${hidden}
      <label for="account">Account name</label>
      <input id="account" type="text" name="account" required autofocus list="known" autocomplete="off"
        placeholder="ann" pattern="[A-Za-z0-9][A-Za-z0-9._+\\-]*">
      <datalist id="known">${accounts.map((name) => html`<option value="${name}"></option>`)}</datalist>
      <p style="margin-top:1rem"><label class="choice"><input type="radio" name="kind" value="" checked> Personal</label>
      <label class="choice"><input type="radio" name="kind" value="work"> Work or school</label></p>
      <h2>It will be able to</h2>
      <ul class="plain scopes">${scopes.map((scope) => html`<li>${SCOPE_TEXTS[scope] ?? scope}</li>`)}</ul>
      <div class="row end">
      <button name="decision" value="cancel" formnovalidate>Cancel</button>
      <button class="primary" name="decision" value="accept">Accept</button>
      </div>
        </form>
      </main>
    `,
  );
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
