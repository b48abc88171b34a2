/** An authorization code and what it was asked for. Times in ms since 1970. */
export interface AuthorizationCode {
  account: string;
  redirectUri: string;
  scopes: string[];
  challenge: string | null;
  challengeMethod: "S256" | "plain";
  isOffline: boolean;
  /** Whether the user saw the consent page; without it there is no refresh token. */
  isConsented: boolean;
  nonce: string | null;
  expiresAt: number;
  isUsed: boolean;
}

export interface AccessToken {
  account: string;
  scopes: string[];
  expiresAt: number;
  isOffline: boolean;
}

export interface RefreshToken {
  account: string;
  scopes: string[];
  lastUsedAt: number;
  /** Null for a grant without a time limit. */
  expiresAt: number | null;
  isRevoked: boolean;
}
