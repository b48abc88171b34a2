/** Tokens of the person who signed in. */
export interface SocialTokens {
  accessToken: string;
  /** Null where the access token itself is renewed. */
  refreshToken: string | null;
  expiresAt: Date;
}

/** An account that posts can appear on. */
export interface SocialAccount {
  /** The platform's id, always as text: ids of Meta are larger than a number holds. */
  id: string;
  name: string | null;
  handle: string | null;
  pictureUrl: string | null;
  /** Where the account has a token of its own (a Page). */
  token: string | null;
  /** Of a Page its Instagram account, of an Instagram account its Page, where the platform tells. */
  linkedId?: string | null;
}

/** What a sign-in gave access to. */
export interface SocialGrant {
  /** Names the permission: the sign-in and the person. Revoking it ends every account under it. */
  key: string;
  scopes: readonly string[];
  /** The ones to keep, which may live longer than those of the code. */
  tokens: SocialTokens;
  accounts: readonly SocialAccount[];
}

export interface RenewedTokens extends SocialTokens {
  accountToken: string | null;
}

/** When an access ends that never does. */
export const NEVER_ENDS = new Date("9999-12-31T00:00:00Z");

/** How the tokens of an account are kept working. */
export interface TokenKeeper {
  readonly platform: string;
  readonly route: string;
  /** What the permission has to cover, as `SocialGrant.scopes` names it; absent for a key, which covers everything. */
  readonly neededScopes?: readonly string[];
  /** How long before its end a token is renewed when somebody is about to use it. */
  readonly renewWhenLeftMs: number;
  /**
   * Null stands for "unchanged" in `refreshToken` and `accountToken`. ProviderAuthError only for the platform's own word that the
   * permission ended.
   */
  renew(
    tokens: Pick<SocialTokens, "accessToken" | "refreshToken">,
    accountId: string,
  ): Promise<RenewedTokens>;
  /** Ends the whole permission of the person, where the platform has a call for it. */
  revoke?(tokens: Pick<SocialTokens, "accessToken" | "refreshToken">): Promise<void>;
}

/** A way to connect accounts of a platform with a key that its user brings along. */
export interface KeyLogin extends TokenKeeper {
  /** What a key gives access to. ProviderUserError when it is refused or there is nothing to publish to. */
  openKey(apiKey: string): Promise<SocialGrant>;
}

/** A way to connect accounts of a platform on a page of its own. */
export interface SocialLogin extends TokenKeeper {
  /** Where the browser asks the person for consent. */
  consentUrl(state: string, codeChallenge: string): string;
  /** Redeems a code, which works once. A refused code is the person's to repeat (ProviderUserError). */
  exchangeCode(code: string, codeVerifier: string): Promise<SocialTokens>;
  /**
   * What the tokens of a code give access to; may be repeated. ProviderUserError when there is nothing to publish to,
   * or a permission is missing: its message says what to do.
   */
  openGrant(tokens: SocialTokens): Promise<SocialGrant>;
}
