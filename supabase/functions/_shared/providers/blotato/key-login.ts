import type { ErrorCode } from "../../core/error-codes.ts";
import { ProviderAuthError, ProviderUserError } from "../../core/provider-errors.ts";
import type { ProviderHttpDeps } from "../../core/provider-http.ts";
import { type KeyLogin, NEVER_ENDS } from "../../core/social-login.ts";
import { createBlotatoAccountsClient } from "./accounts-client.ts";
import { PLAN_WITHOUT_API, PROVIDER } from "./error-answer.ts";

/** TikTok accounts through the API key of whoever connected them at Blotato. */
export function createBlotatoLogin(options: ProviderHttpDeps & { url: string }): KeyLogin {
  const client = createBlotatoAccountsClient(options);
  return {
    platform: "tiktok",
    route: "blotato",
    renewWhenLeftMs: 0,

    async openKey(apiKey) {
      try {
        const [userId, accounts] = await Promise.all([
          client.getUserId(apiKey),
          client.listTiktokAccounts(apiKey),
        ]);
        if (accounts.length === 0) throw new ProviderUserError(PROVIDER, "no_tiktok_account");
        return {
          key: `blotato:${userId}`,
          scopes: [],
          tokens: { accessToken: apiKey, refreshToken: null, expiresAt: NEVER_ENDS },
          accounts: accounts.map((account) => ({ ...account, pictureUrl: null, token: null })),
        };
      } catch (error) {
        if (error instanceof ProviderAuthError) throw new ProviderUserError(PROVIDER, codeOf(error));
        throw error;
      }
    },

    // A key has no end and nothing renews it: after a refusal it is asked once whether it is good at all.
    async renew({ accessToken }) {
      await client.getUserId(accessToken);
      return { accessToken, refreshToken: null, accountToken: null, expiresAt: NEVER_ENDS };
    },
  };
}

function codeOf({ message }: ProviderAuthError): ErrorCode {
  return message === PLAN_WITHOUT_API ? "api_plan_missing" : "api_key_refused";
}
