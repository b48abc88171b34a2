import type { Kit } from "../../kit/provider.ts";
import { isSameSecret } from "../../kit/registered-app.ts";
import { appToken, callerOf } from "../graph/authenticate.ts";
import type { Parameters } from "../graph/parameters.ts";
import { badParameter, MetaFailure } from "../meta-failure.ts";
import type { MetaState } from "../state.ts";
import { checkVerifier } from "./check-verifier.ts";
import { issueToken, type TokenAnswer } from "./issue-token.ts";

/** GET or POST graph.facebook.com/oauth/access_token: a code, or a token that shall live longer. */
export function createFacebookTokenEndpoint(kit: Kit, state: MetaState) {
  return function answerToken(params: Parameters): TokenAnswer {
    const names = ["client_id", "client_secret", "redirect_uri", "code", "code_verifier"];
    params.allow("grant_type", "fb_exchange_token", ...names);
    checkClient(params);
    const grantType = params.get("grant_type") ?? "authorization_code";
    if (grantType === "authorization_code") return redeemCode(params);
    if (grantType === "fb_exchange_token") return exchangeToken(params);
    if (grantType === "client_credentials") {
      return { access_token: appToken(kit), token_type: "bearer" };
    }
    throw badParameter(`Invalid grant_type: ${grantType}`);
  };

  function checkClient(params: Parameters): void {
    const clientId = params.get("client_id");
    if (!clientId) throw new MetaFailure(101, "Missing client_id parameter.");
    if (clientId !== kit.app.clientId) {
      throw new MetaFailure(101, "Error validating application. Cannot get application info.");
    }
    const secret = params.get("client_secret");
    if (!secret) throw new MetaFailure(1, "Missing client_secret parameter.");
    if (!isSameSecret(secret, kit.app.clientSecret)) {
      throw new MetaFailure(1, "Error validating client secret.");
    }
  }

  function redeemCode(params: Parameters): TokenAnswer {
    const redirectUri = params.get("redirect_uri");
    if (!redirectUri) throw new MetaFailure(191, "Missing redirect_uri parameter.");
    const text = params.get("code");
    if (!text) throw new MetaFailure(1, "Missing authorization code");
    const code = state.codes.get(text);
    if (code === undefined || code.signIn !== "facebook") throw badCode("Invalid verification code format.");
    if (code.redirectUri !== redirectUri) {
      const message =
        "Error validating verification code. Please make sure your redirect_uri is identical to " +
        "the one you used in the OAuth dialog request";
      throw badCode(message, 36008);
    }
    if (code.isUsed) throw badCode("This authorization code has been used.", 36009);
    if (kit.now() >= code.expiresAt) throw badCode("This authorization code has expired.", 36007);
    if (!checkVerifier(code, params.get("code_verifier"))) throw badCode("Invalid code_verifier parameter.");
    code.isUsed = true;
    return issueToken(kit, state, { kind: "user", person: code.person, scopes: [], isLong: false });
  }

  /** Also takes a long-lived token, which is how one is renewed; an expired one is refused. */
  function exchangeToken(params: Parameters): TokenAnswer {
    const { token } = callerOf(kit, state, "facebook", params.require("fb_exchange_token"));
    if (token.kind !== "user") throw badParameter("fb_exchange_token must be a user access token");
    return issueToken(kit, state, { kind: "user", person: token.person, scopes: [], isLong: true });
  }
}

const badCode = (message: string, subcode?: number) => new MetaFailure(100, message, { subcode });
