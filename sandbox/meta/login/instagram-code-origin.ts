import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import { discardBody } from "../../kit/exchange.ts";
import { isSameSecret } from "../../kit/registered-app.ts";
import { readSwitch } from "../read-switch.ts";
import type { MetaState } from "../state.ts";
import { issueToken } from "./issue-token.ts";

const PATH = "/oauth/access_token";

/** A refusal of api.instagram.com, whose body has no envelope. */
class FlatFailure extends Error {
  override name = "FlatFailure";

  constructor(readonly errorType: string, message: string, readonly status = 400) {
    super(message);
  }
}

/** https://api.instagram.com: the exchange of a code. */
export function createInstagramCodeOrigin(kit: Kit, state: MetaState): Origin {
  async function redeem(request: Request): Promise<Response> {
    const form = await readForm(request);
    if (required(form, "client_id") !== kit.app.clientId) throw refused("Invalid platform app");
    if (!isSameSecret(required(form, "client_secret"), kit.app.clientSecret)) {
      throw refused("Invalid platform app");
    }
    const grantType = required(form, "grant_type");
    if (grantType !== "authorization_code") throw refused(`Invalid grant_type: ${grantType}`);
    const redirectUri = required(form, "redirect_uri");
    const code = state.codes.get(required(form, "code"));
    if (code === undefined || code.signIn !== "instagram") throw refused("Invalid authorization code");
    if (code.isUsed) throw refused("This authorization code has been used");
    if (kit.now() >= code.expiresAt) throw refused("This authorization code has expired");
    if (code.redirectUri !== redirectUri) {
      throw refused(
        "Error validating verification code. Please make sure your redirect_uri is identical to the one you " +
          "used in the OAuth dialog request",
      );
    }
    code.isUsed = true;
    return Response.json(answerFor(code.person, code.scopes));
  }

  /** The documented shape is a list; the other one is what many apps get. */
  function answerFor(name: string, scopes: string[]): unknown {
    const token = issueToken(kit, state, { kind: "instagram", person: name, scopes, isLong: false });
    const userId = state.people.get(name)!.instagram[0]!.id;
    const isFlat = readSwitch(kit, "instagram", "answer_shape") === "flat";
    const answer = { access_token: token.access_token, user_id: userId };
    return isFlat
      ? { ...answer, permissions: scopes }
      : { data: [{ ...answer, permissions: scopes.join(",") }] };
  }

  return {
    service: "instagram",
    handle: async (request, exchange) => {
      try {
        const { pathname } = new URL(request.url);
        if (pathname !== PATH) throw new FlatFailure("PathException", `Unknown path ${pathname}`, 404);
        if (request.method !== "POST") throw new FlatFailure("OAuthException", "Use POST", 405);
        return await redeem(request);
      } catch (error) {
        if (!(error instanceof FlatFailure)) throw error;
        await discardBody(exchange.body);
        return renderFlat(error.status, error.errorType, error.message);
      }
    },
    refuse: (status, retryAfterS) =>
      renderFlat(status, "OAuthException", "The sandbox refuses.", retryAfterS),
    revoke: async (request, value) => {
      const code = state.codes.get(new URLSearchParams(await request.clone().text()).get("code") ?? "");
      if (code === undefined) return;
      code.isUsed = true;
      state.revokeGrants("instagram", code.person, value ?? 458);
    },
    describeRoute: (path) => path,
  };
}

function renderFlat(status: number, errorType: string, message: string, retryAfterS: number | null = null) {
  const headers: Record<string, string> = retryAfterS === null ? {} : { "retry-after": String(retryAfterS) };
  return Response.json({ error_type: errorType, code: status, error_message: message }, { status, headers });
}

const refused = (message: string) => new FlatFailure("OAuthException", message);

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw refused(`Missing required field ${name}`);
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("multipart/form-data")) {
    const form = await request.formData().catch(() => null);
    const texts = [...form ?? []].filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return new URLSearchParams(texts);
  }
  if (!type.startsWith("application/x-www-form-urlencoded")) throw refused("The body must be a form");
  return new URLSearchParams(await request.text());
}
