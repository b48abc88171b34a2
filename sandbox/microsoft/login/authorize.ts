import type { Context } from "hono";
import { parseAccountName } from "../../kit/account-name.ts";
import { readConsentForm } from "../../kit/consent-form.ts";
import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import type { Account } from "../account.ts";
import type { MicrosoftState } from "../state.ts";
import { type AuthorizeRequest, readAuthorizeRequest, RedirectableFailure } from "./authorize-request.ts";
import { renderConsentPage, renderSignInError } from "./consent-page.ts";
import { describeFailure, LoginFailure } from "./login-failure.ts";
import { redirectBack } from "./redirect-back.ts";

const CODE_LIFETIME_S = 600;

/** The authorize endpoint: shows the consent page, or approves at once when the request names an account. */
export function createAuthorize(kit: Kit, state: MicrosoftState) {
  async function show(c: Context): Promise<Response> {
    return await guard(c, async () => {
      const query = new URL(c.req.url).searchParams;
      const request = readAuthorizeRequest(c.req.param("tenant") ?? "", query, kit.app);
      const named = query.get("sandbox_account") ?? c.req.header("x-sandbox-account");
      if (named !== undefined) return await approve(request, named);
      if (request.prompt === "none") {
        throw refuse(request, "interaction_required", 50058, "Sign in is required.");
      }
      return c.html(renderConsentPage(query, request.scopes, [...state.accounts.keys()]));
    });
  }

  async function decide(c: Context): Promise<Response> {
    return await guard(c, async () => {
      const { form, query } = await readConsentForm(c.req);
      const request = readAuthorizeRequest(c.req.param("tenant") ?? "", query, kit.app);
      if (form.get("decision") !== "accept") {
        throw refuse(request, "access_denied", 65004, "User declined to consent to access the app.");
      }
      const name = form.get("account") ?? "";
      return await approve(request, form.get("kind") === "work" ? withTrait(name, "work") : name);
    });
  }

  async function approve(request: AuthorizeRequest, accountName: string): Promise<Response> {
    const name = parseAccountName(accountName);
    if (name === null) throw new LoginFailure("invalid_request", 50034, "There is no such account.");
    const account = state.openAccount(name);
    checkAudience(request.tenant, account);
    if (name.traits.has("approval")) {
      throw refuse(request, "access_denied", 90094, "The grant requires admin permission.");
    }
    const code = `M.C5_SIM.2.U.${randomText(24)}*!${randomText(8)}$`;
    const lifetime = kit.settings.get("microsoft", "code_lifetime_s", CODE_LIFETIME_S);
    state.codes.set(code, {
      account: account.name,
      redirectUri: request.redirectUri,
      scopes: request.scopes.filter((scope) => !account.declines.includes(scope)),
      challenge: request.challenge,
      challengeMethod: request.challengeMethod,
      nonce: request.nonce,
      expiresAt: kit.now() + lifetime * 1000,
      isUsed: false,
    });
    kit.touch();
    return await redirectBack(request, { code, session_state: crypto.randomUUID() });
  }

  async function guard(c: Context, run: () => Promise<Response>): Promise<Response> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof LoginFailure) return c.html(renderSignInError(error.number, error.message), 400);
      if (!(error instanceof RedirectableFailure)) throw error;
      const { error: code, error_description } = describeFailure(error.failure, kit.now());
      return await redirectBack(error.back, { error: code, error_description });
    }
  }

  return { show, decide };
}

function refuse(request: AuthorizeRequest, error: string, number: number, message: string) {
  return new RedirectableFailure(new LoginFailure(error, number, message), request);
}

/** Personal accounts cannot use /organizations, work accounts cannot use /consumers. */
function checkAudience(tenant: string, account: Account): void {
  const isRefused = (tenant === "consumers" && account.kind === "business") ||
    (tenant === "organizations" && account.kind === "personal");
  if (isRefused) {
    throw new LoginFailure(
      "invalid_request",
      500208,
      "The domain is not a valid login domain for the account type.",
    );
  }
}

function withTrait(name: string, trait: string): string {
  return name.split("+").includes(trait) ? name : `${name}+${trait}`;
}
