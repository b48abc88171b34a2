import type { Context } from "hono";
import { type AccountName, parseAccountName } from "../../kit/account-name.ts";
import { readConsentForm } from "../../kit/consent-form.ts";
import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import { agreedScopes } from "../account.ts";
import { formatScopes, isSignInScope } from "../scopes.ts";
import type { GoogleState } from "../state.ts";
import {
  AuthorizeFailure,
  type AuthorizeRequest,
  readAuthorizeRequest,
  RefusedConsent,
} from "./authorize-request.ts";
import { renderAuthorizeError, renderConsentPage } from "./consent-page.ts";

const CODE_LIFETIME_S = 600;

/** The authorize endpoint: shows the consent page, or approves at once when the request names an account. */
export function createAuthorize(kit: Kit, state: GoogleState) {
  function show(c: Context): Promise<Response> {
    return guard(c, () => {
      const query = new URL(c.req.url).searchParams;
      const request = readAuthorizeRequest(query, kit.app);
      const named = query.get("sandbox_account") ?? c.req.header("x-sandbox-account");
      if (named !== undefined) return approve(request, named, null);
      if (request.prompt.includes("none")) throw new RefusedConsent("interaction_required", request);
      return c.html(renderConsentPage(query, request.scopes, [...state.accounts.keys()]));
    });
  }

  function decide(c: Context): Promise<Response> {
    return guard(c, async () => {
      const { form, query } = await readConsentForm(c.req);
      const request = readAuthorizeRequest(query, kit.app);
      if (form.get("decision") !== "accept") throw new RefusedConsent("access_denied", request);
      return approve(request, form.get("account") ?? "", form.getAll("scope"));
    });
  }

  /** Sends the browser back with a code. `ticked` are the scopes a person left ticked, null when nobody was asked. */
  function approve(request: AuthorizeRequest, accountName: string, ticked: string[] | null): Response {
    const name = readName(accountName);
    const known = state.grants.get(name.full) ?? [];
    const isCovered = known.length > 0 && request.scopes.every((scope) => known.includes(scope));
    const isConsented = request.prompt.includes("consent") || !isCovered;
    if (isConsented && request.prompt.includes("none")) throw new RefusedConsent("consent_required", request);
    const account = state.openAccount(name);
    const agreed = ticked === null
      ? agreedScopes(account, request.scopes)
      : request.scopes.filter((scope) => isSignInScope(scope) || ticked.includes(scope));
    if (agreed.length === 0) throw new RefusedConsent("access_denied", request);

    const all = [...new Set([...known, ...agreed])];
    state.grants.set(account.name, all);
    const scopes = request.includesGranted ? all : agreed;
    const code = `4/0A${randomText(45)}`;
    state.codes.set(code, {
      account: account.name,
      redirectUri: request.redirectUri,
      scopes,
      challenge: request.challenge,
      challengeMethod: request.challengeMethod,
      isOffline: request.isOffline,
      isConsented,
      nonce: request.nonce,
      expiresAt: kit.now() + kit.settings.get("google", "code_lifetime_s", CODE_LIFETIME_S) * 1000,
      isUsed: false,
    });
    kit.touch();
    const prompt = isConsented ? "consent" : "none";
    return redirectBack(request, { code, scope: formatScopes(scopes), authuser: "0", prompt });
  }

  async function guard(c: Context, run: () => Response | Promise<Response>): Promise<Response> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof RefusedConsent) return redirectBack(error.back, { error: error.error });
      if (!(error instanceof AuthorizeFailure)) throw error;
      return c.html(renderAuthorizeError(error), error.status);
    }
  }

  return { show, decide };
}

function readName(text: string): AccountName {
  const name = parseAccountName(text);
  if (name === null) throw new AuthorizeFailure("invalid_request", "Couldn't find your Google Account");
  return name;
}

/** Adds the result and the caller's state to the query of the redirect address. */
function redirectBack(
  to: Pick<AuthorizeRequest, "redirectUri" | "state">,
  result: Record<string, string>,
): Response {
  const url = new URL(to.redirectUri);
  if (to.state !== null) url.searchParams.append("state", to.state);
  for (const [name, value] of Object.entries(result)) url.searchParams.append(name, value);
  return new Response(null, { status: 302, headers: { location: url.href, "cache-control": "no-store" } });
}
