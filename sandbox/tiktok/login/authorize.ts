import type { Context } from "hono";
import { parseAccountName } from "../../kit/account-name.ts";
import { readConsentForm } from "../../kit/consent-form.ts";
import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import { isOptionalScope } from "../scopes.ts";
import type { TiktokState } from "../state.ts";
import { AuthorizeFailure, type AuthorizeRequest, readAuthorizeRequest } from "./authorize-request.ts";
import { renderAuthorizeError, renderConsentPage } from "./consent-page.ts";

const CODE_LIFETIME_S = 600;

/** The authorize endpoint: shows the consent page, or approves at once when the request names an account. */
export function createAuthorize(kit: Kit, state: TiktokState) {
  function show(c: Context): Promise<Response> {
    return guard(c, () => {
      const query = new URL(c.req.url).searchParams;
      const request = readAuthorizeRequest(query, kit.app);
      const named = query.get("sandbox_account") ?? c.req.header("x-sandbox-account");
      if (named !== undefined) return approve(request, named, null);
      return c.html(renderConsentPage(query, request.scopes, [...state.accounts.keys()]));
    });
  }

  function decide(c: Context): Promise<Response> {
    return guard(c, async () => {
      const { form, query } = await readConsentForm(c.req);
      const request = readAuthorizeRequest(query, kit.app);
      if (form.get("decision") === "accept") {
        return approve(request, form.get("account") ?? "", form.getAll("scope"));
      }
      const denied = { error: "access_denied", error_description: "User denied the request" };
      return redirectBack(request, denied);
    });
  }

  /** Sends the browser back with a code. `ticked` are the scopes a person left ticked, null when nobody was asked. */
  function approve(request: AuthorizeRequest, accountName: string, ticked: string[] | null): Response {
    const name = parseAccountName(accountName);
    if (name === null) throw new AuthorizeFailure("account", "This account does not exist.");
    const account = state.openAccount(name);
    const isDeclined = (scope: string) => account.declinesPosting && scope.startsWith("video.");
    const scopes = request.scopes.filter((scope) =>
      !isOptionalScope(scope) || (ticked === null ? !isDeclined(scope) : ticked.includes(scope))
    );
    // Codes carry characters that have to be encoded in an address.
    const code = `${randomText(60)}*0!4321.va`;
    state.codes.set(code, {
      account: account.name,
      redirectUri: request.redirectUri,
      scopes,
      challenge: request.challenge,
      expiresAt: kit.now() + kit.settings.get("tiktok", "code_lifetime_s", CODE_LIFETIME_S) * 1000,
      isUsed: false,
    });
    kit.touch();
    return redirectBack(request, { code, scopes: scopes.join(",") });
  }

  async function guard(c: Context, run: () => Response | Promise<Response>): Promise<Response> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof AuthorizeFailure)) throw error;
      return c.html(renderAuthorizeError(error), 400);
    }
  }

  return { show, decide };
}

/** Adds the result and the caller's state to the query of the redirect address. */
function redirectBack(to: AuthorizeRequest, result: Record<string, string>): Response {
  const url = new URL(to.redirectUri);
  for (const [name, value] of Object.entries(result)) url.searchParams.append(name, value);
  if (to.state !== null) url.searchParams.append("state", to.state);
  return new Response(null, { status: 302, headers: { location: url.href, "cache-control": "no-store" } });
}
