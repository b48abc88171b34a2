import { html } from "hono/html";
import { renderPage } from "./page.ts";

const CARRIED = "query_";

type Markup = ReturnType<typeof html>;

interface ConsentForm {
  title: string;
  heading: string;
  note: string;
  /** The original authorize request; `readConsentForm` gets it back. */
  query: URLSearchParams;
  /** Names that are suggested. */
  accounts: readonly string[];
  /** What the app asks for. */
  terms: Markup | "";
  /** The words of the button that agrees. */
  agree: string;
}

/** The page that asks for the account and for consent. */
export function renderConsentForm(
  { title, heading, note, query, accounts, terms, agree }: ConsentForm,
): Markup {
  const hidden = [...query].map(([name, value]) =>
    html`<input type="hidden" name="${CARRIED + name}" value="${value}">`
  );
  return renderPage(
    title,
    html`
      <main class="narrow">
        <form class="card" method="post">
      <h1>${heading}</h1>
      <p class="soft">${note}</p>
      ${hidden}
      <label for="account">Account name</label>
      <input id="account" type="text" name="account" required autofocus list="known" autocomplete="off"
        placeholder="ann" pattern="[A-Za-z0-9][A-Za-z0-9._+\\-]*">
      <datalist id="known">${accounts.map((name) => html`<option value="${name}"></option>`)}</datalist>
      ${terms}
      <div class="row end">
      <button name="decision" value="cancel" formnovalidate>Cancel</button>
      <button class="primary" name="decision" value="accept">${agree}</button>
      </div>
        </form>
      </main>
    `,
  );
}

/** What a person answered on the page, and the request it was about. */
export async function readConsentForm(
  request: { text(): Promise<string> },
): Promise<{ form: URLSearchParams; query: URLSearchParams }> {
  const form = new URLSearchParams(await request.text());
  const query = new URLSearchParams();
  for (const [name, value] of form) {
    if (name.startsWith(CARRIED)) query.append(name.slice(CARRIED.length), value);
  }
  return { form, query };
}
