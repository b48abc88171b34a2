import type { Context } from "hono";
import { type AccountName, parseAccountName } from "../../kit/account-name.ts";
import { readConsentForm } from "../../kit/consent-form.ts";
import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import type { Person } from "../account.ts";
import { readSwitch } from "../read-switch.ts";
import { isAlwaysGranted, isPublishingScope } from "../scopes.ts";
import type { MetaState } from "../state.ts";
import { renderConsentPage, renderDialogError } from "./consent-page.ts";
import type { DialogRules } from "./dialog-rules.ts";
import { DialogFailure, type DialogRequest, readDialogRequest } from "./read-dialog-request.ts";

/** A consent dialog: shows the page, or approves at once when the request names an account. */
export function createDialog(kit: Kit, state: MetaState, rules: DialogRules) {
  function show(c: Context): Promise<Response> {
    return guard(c, () => {
      const query = new URL(c.req.url).searchParams;
      const request = readDialogRequest(rules, query, kit.app);
      const named = query.get("sandbox_account") ?? c.req.header("x-sandbox-account");
      if (named !== undefined) return approve(request, named, null);
      return c.html(renderConsentPage(rules, query, request.scopes, [...state.people.keys()]));
    });
  }

  function decide(c: Context): Promise<Response> {
    return guard(c, async () => {
      const { form, query } = await readConsentForm(c.req);
      const request = readDialogRequest(rules, query, kit.app);
      if (form.get("decision") !== "accept") return redirectBack(request, rules.refusal, "");
      return approve(request, form.get("account") ?? "", form.getAll("scope"));
    });
  }

  /** Sends the browser back with a code. `ticked` are the scopes a person left ticked, null when nobody was asked. */
  function approve(request: DialogRequest, accountName: string, ticked: string[] | null): Response {
    const person = state.openPerson(readName(accountName));
    notePermissions(request, person, ticked);
    const granted = state.grantedScopes(rules.signIn, person.name);
    const code = `AQ${randomText(120)}`;
    const lifetimeS = readSwitch(kit, rules.signIn, "code_lifetime_s") ?? rules.codeLifetimeS;
    state.codes.set(code, {
      signIn: rules.signIn,
      person: person.name,
      redirectUri: request.redirectUri,
      scopes: request.scopes.filter((scope) => granted.includes(scope)),
      challenge: request.challenge,
      challengeMethod: request.challengeMethod,
      expiresAt: kit.now() + lifetimeS * 1000,
      isUsed: false,
    });
    kit.touch();
    return redirectBack(request, { code }, rules.suffix);
  }

  /** What was declined once is not asked again without `auth_type=rerequest`; Instagram asks every time. */
  function notePermissions(request: DialogRequest, person: Person, ticked: string[] | null): void {
    const known = state.permissionsOf(rules.signIn, person.name);
    const isAskedAgain = request.isRerequest || rules.signIn === "instagram" || ticked !== null;
    const asked = request.scopes.filter((scope) => known[scope] !== "declined" || isAskedAgain);
    const isGranted = (scope: string) =>
      isAlwaysGranted(rules.signIn, scope) ||
      (ticked === null ? !(person.declinesPublishing && isPublishingScope(scope)) : ticked.includes(scope));
    const answers = asked.map((scope) => [scope, isGranted(scope) ? "granted" : "declined"] as const);
    state.setPermissions(rules.signIn, person.name, Object.fromEntries(answers));
  }

  async function guard(c: Context, run: () => Response | Promise<Response>): Promise<Response> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof DialogFailure)) throw error;
      return c.html(renderDialogError(error.message), 400);
    }
  }

  return { show, decide };
}

function readName(text: string): AccountName {
  const name = parseAccountName(text);
  if (name === null) throw new DialogFailure("There is no such account.");
  return name;
}

/** Adds the result and the caller's state to the redirect address. */
function redirectBack(to: DialogRequest, result: Record<string, string>, suffix: string): Response {
  const url = new URL(to.redirectUri);
  for (const [name, value] of Object.entries(result)) url.searchParams.append(name, value);
  if (to.state !== null) url.searchParams.append("state", to.state);
  const headers = { location: url.href + suffix, "cache-control": "no-store" };
  return new Response(null, { status: 302, headers });
}
