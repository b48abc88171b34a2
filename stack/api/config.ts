/** What the process of the Auth and Data API needs; handed over as JSON in the variable API_CONFIG. */
export interface ApiConfig {
  readonly port: number;
  /** Address clients use; the issuer of access tokens and the host of links in mails derive from it. */
  readonly publicApiUrl: string;
  readonly webUrl: string;
  readonly jwtSecret: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly schemas: readonly string[];
  readonly maxRows: number;
  /** Table [auth] of supabase/config.toml. */
  readonly auth: Readonly<Record<string, unknown>>;
  /** Login as `authenticator`: requests of the Data API. */
  readonly dataUrl: string;
  /** Login as `supabase_auth_admin`: users and sessions. */
  readonly authUrl: string;
  /** Login as superuser, used for reading the catalog and nothing else. */
  readonly catalogUrl: string;
  /** Resend-compatible mail API. */
  readonly resendUrl: string | null;
  readonly resendApiKey: string;
}
