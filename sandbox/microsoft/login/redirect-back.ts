import { html } from "hono/html";
import { renderPage } from "../../kit/page.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";

/** Sends the result of the authorize request to the redirect address, in the mode that was asked for. */
export async function redirectBack(
  to: Pick<AuthorizeRequest, "redirectUri" | "responseMode" | "state">,
  result: Record<string, string>,
): Promise<Response> {
  const fields = new URLSearchParams(result);
  if (to.state !== null) fields.set("state", to.state);
  if (to.responseMode === "form_post") return await postingPage(to.redirectUri, fields);
  const url = new URL(to.redirectUri);
  if (to.responseMode === "fragment") url.hash = fields.toString();
  else for (const [name, value] of fields) url.searchParams.append(name, value);
  return new Response(null, { status: 302, headers: { location: url.href, "cache-control": "no-store" } });
}

async function postingPage(action: string, fields: URLSearchParams): Promise<Response> {
  const inputs = [...fields].map(([name, value]) =>
    html`<input type="hidden" name="${name}" value="${value}">`
  );
  const page = await renderPage(
    "Continue",
    html`
      <main class="narrow">
        <form method="post" action="${action}">${inputs}
      <button class="primary">Continue</button></form>
        <script>document.forms[0].submit()</script>
      </main>
    `,
  );
  return new Response(page.toString(), { headers: { "content-type": "text/html; charset=utf-8" } });
}
