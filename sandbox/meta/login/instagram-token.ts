import type { Kit } from "../../kit/provider.ts";
import { isSameSecret } from "../../kit/registered-app.ts";
import { callerOf } from "../graph/authenticate.ts";
import type { Caller } from "../graph/graph-call.ts";
import type { Parameters } from "../graph/parameters.ts";
import { badParameter, MetaFailure, missingParameter, missingPermission } from "../meta-failure.ts";
import { readSwitch } from "../read-switch.ts";
import type { MetaState } from "../state.ts";
import { issueToken, type TokenAnswer } from "./issue-token.ts";

const MIN_AGE_S = 24 * 3600;

/** graph.instagram.com: a longer life for a token that was just issued, and for one that is old enough. */
export function createInstagramTokenEndpoints(kit: Kit, state: MetaState) {
  /** GET /access_token with `grant_type=ig_exchange_token`: a token of one hour becomes one of sixty days. */
  function exchange(params: Parameters): TokenAnswer {
    params.allow("grant_type", "client_secret");
    requireGrantType(params, "ig_exchange_token");
    if (!isSameSecret(params.require("client_secret"), kit.app.clientSecret)) {
      throw new MetaFailure(1, "Error validating client secret.");
    }
    const { token } = readCaller(params);
    if (token.isLong) throw badParameter("The access token is already long-lived");
    return issueLong(token.person, token.scopes);
  }

  /** GET /refresh_access_token with `grant_type=ig_refresh_token`: sixty days more, a day after the last time. */
  function refresh(params: Parameters): TokenAnswer {
    params.allow("grant_type");
    requireGrantType(params, "ig_refresh_token");
    const { token, scopes } = readCaller(params);
    if (!token.isLong) throw badParameter("Only long-lived access tokens can be refreshed");
    if (!scopes.includes("instagram_business_basic")) throw missingPermission();
    const minAgeS = readSwitch(kit, "instagram", "token_min_age_s") ?? MIN_AGE_S;
    if (kit.now() < token.issuedAt + minAgeS * 1000) {
      throw badParameter("The access token must be at least 24 hours old to be refreshed");
    }
    return issueLong(token.person, token.scopes);
  }

  function readCaller(params: Parameters): Caller {
    return callerOf(kit, state, "instagram", params.require("access_token"));
  }

  function issueLong(person: string, scopes: string[]): TokenAnswer {
    return issueToken(kit, state, { kind: "instagram", person, scopes, isLong: true });
  }

  return { exchange, refresh };
}

function requireGrantType(params: Parameters, expected: string): void {
  const given = params.get("grant_type");
  if (!given) throw missingParameter("grant_type");
  if (given !== expected) throw badParameter(`Invalid grant_type: ${given}`);
}
