import { auth, youtube, type youtube_v3 } from "@googleapis/youtube";

type OAuth2Client = InstanceType<typeof auth.OAuth2>;

/** A running sandbox and the app it knows. */
export interface SandboxApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly urls: Readonly<Record<string, string>>;
}

/** Google's own sign-in client, with nothing but its addresses changed. */
export function createOAuthClient(sandbox: SandboxApp): OAuth2Client {
  return new auth.OAuth2({
    clientId: sandbox.clientId,
    clientSecret: sandbox.clientSecret,
    redirectUri: sandbox.redirectUri,
    endpoints: {
      oauth2AuthBaseUrl: `${sandbox.urls.GOOGLE_OAUTH_URL}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${sandbox.urls.GOOGLE_TOKEN_URL}/token`,
      oauth2RevokeUrl: `${sandbox.urls.GOOGLE_TOKEN_URL}/revoke`,
      tokenInfoUrl: `${sandbox.urls.GOOGLE_TOKEN_URL}/tokeninfo`,
    },
  });
}

/** The official YouTube client on the sandbox. */
export function createYoutubeClient(sandbox: SandboxApp, client: OAuth2Client): youtube_v3.Youtube {
  return youtube({ version: "v3", auth: client, rootUrl: `${sandbox.urls.YOUTUBE_API_URL}/`, retry: false });
}
