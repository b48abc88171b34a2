import type { Kit } from "../../kit/provider.ts";
import { appToken, readToken, whyEnded } from "../graph/authenticate.ts";
import type { Parameters } from "../graph/parameters.ts";
import { badParameter, MetaFailure } from "../meta-failure.ts";
import type { MetaState } from "../state.ts";

const DATA_ACCESS_MS = 90 * 24 * 3600 * 1000;

/** GET /debug_token: what is known of a token; only the app itself may ask. Dead tokens are described too. */
export function createDebugToken(kit: Kit, state: MetaState) {
  return function debugToken(params: Parameters, request: Request): unknown {
    params.allow("input_token");
    const asker = readToken(request, params);
    if (asker === null) throw new MetaFailure(104, "An access token is required to request this resource.");
    if (asker !== appToken(kit)) {
      throw badParameter(
        "You must provide an app access token, or a user access token that is an owner or developer of the app",
      );
    }
    const token = state.tokens.get(params.require("input_token"));
    if (token === undefined || token.kind === "instagram") {
      const error = { code: 190, message: "Invalid OAuth access token - Cannot parse access token" };
      return { data: { error, is_valid: false, scopes: [] } };
    }
    const ended = whyEnded(kit, token);
    const person = state.people.get(token.person)!;
    const scopes = state.grantedScopes("facebook", token.person);
    return {
      data: {
        app_id: kit.app.clientId,
        type: token.kind === "page" ? "PAGE" : "USER",
        application: "Sandbox",
        data_access_expires_at: seconds(token.issuedAt + DATA_ACCESS_MS),
        ...(ended === null ? {} : {
          error: { code: ended.code, message: ended.message, subcode: ended.extra.subcode },
        }),
        expires_at: token.expiresAt === null ? 0 : seconds(token.expiresAt),
        is_valid: ended === null,
        issued_at: seconds(token.issuedAt),
        ...(token.pageId === null ? {} : { profile_id: token.pageId }),
        scopes,
        granular_scopes: scopes.filter((scope) => scope !== "public_profile").map((scope) => ({ scope })),
        user_id: person.id,
      },
    };
  };
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
