/** An authorization code and what it was asked for. Times in ms since 1970. */
export interface AuthorizationCode {
  account: string;
  redirectUri: string;
  scopes: string[];
  /** Hex of the SHA-256 of the verifier; null without PKCE, as web apps ask. */
  challenge: string | null;
  expiresAt: number;
  isUsed: boolean;
}

export interface AccessToken {
  account: string;
  scopes: string[];
  expiresAt: number;
}

/** Good for one renewal, which brings the next one. */
export interface RefreshToken {
  account: string;
  scopes: string[];
  expiresAt: number;
}
