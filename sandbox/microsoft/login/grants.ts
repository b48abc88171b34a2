/** An authorization code and what it was asked for. Times in ms since 1970. */
export interface AuthorizationCode {
  account: string;
  redirectUri: string;
  scopes: string[];
  challenge: string | null;
  challengeMethod: "S256" | "plain";
  nonce: string | null;
  expiresAt: number;
  isUsed: boolean;
}

export interface AccessToken {
  account: string;
  scopes: string[];
  expiresAt: number;
}

export interface RefreshToken {
  account: string;
  /** Everything the user agreed to; an access token may carry less. */
  scopes: string[];
  expiresAt: number;
  isRevoked: boolean;
}
