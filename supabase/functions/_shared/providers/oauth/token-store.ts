import type { Sealed } from "../../core/token-cipher.ts";

/** Whose tokens they are; ciphertexts are bound to it. */
export interface TokenOwner {
  userId: string;
  platform: string;
  accountId: string;
}

/** An account as stored. `version` is the database's own text of when its tokens were issued. */
export interface StoredAccount extends TokenOwner {
  connectionId: string;
  route: string;
  status: string;
  token: { accessToken: Sealed; accountToken: Sealed | null; expiresAt: string; version: string } | null;
}

export interface ClaimedAccount extends TokenOwner {
  connectionId: string;
  route: string;
  accessToken: Sealed;
  refreshToken: Sealed | null;
  accountToken: Sealed | null;
}

/** Encrypted tokens as the database takes them. */
export type SealedTokens = {
  access_token: string;
  refresh_token: string | null;
  account_token: string | null;
  key_id: string;
  expires_at: string;
};

/** Where accounts and tokens are kept; implemented by the database room. */
export interface TokenStore {
  getAccess(userId: string, connectionId: string): Promise<StoredAccount | null>;
  claimRefresh(connectionId: string, holder: string, seenVersion: string): Promise<ClaimedAccount | null>;
  saveRefreshed(connectionId: string, holder: string, tokens: SealedTokens): Promise<boolean>;
  failRefresh(connectionId: string, holder: string, errorCode: string, isExpired: boolean): Promise<void>;
  endAccount(connectionId: string, seenVersion: string, errorCode: string): Promise<boolean>;
}
