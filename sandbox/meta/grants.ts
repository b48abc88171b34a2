/** Which of Meta's two sign-ins something belongs to. */
export type SignIn = "facebook" | "instagram";

/** An authorization code and what it was asked for. Times in ms since 1970. */
export interface AuthorizationCode {
  signIn: SignIn;
  person: string;
  redirectUri: string;
  /** Scopes the person agreed to. */
  scopes: string[];
  challenge: string | null;
  challengeMethod: "S256" | "plain";
  expiresAt: number;
  isUsed: boolean;
}

/** An access token. What a Facebook token may do follows from what its person grants the app now. */
export interface MetaToken {
  kind: "user" | "page" | "instagram";
  person: string;
  /** The Page of a Page token. */
  pageId: string | null;
  /** The user token that gave a Page token. */
  parent: string | null;
  /** Of an Instagram token; empty for the others. */
  scopes: string[];
  isLong: boolean;
  issuedAt: number;
  /** Null for a token without an expiry date. */
  expiresAt: number | null;
  /** Subcode of the 190 that a dead token answers with; null while it lives. */
  death: number | null;
}
