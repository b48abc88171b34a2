import { auth, youtube, type youtube_v3 } from "@googleapis/youtube";
import type { SandboxProcess } from "./sandbox-process.ts";

type OAuth2Client = InstanceType<typeof auth.OAuth2>;

/** Google's own sign-in client, with nothing but its addresses changed. */
export function createOAuthClient(sandbox: SandboxProcess): OAuth2Client {
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
export function createYoutubeClient(sandbox: SandboxProcess, client: OAuth2Client): youtube_v3.Youtube {
  return youtube({ version: "v3", auth: client, rootUrl: `${sandbox.urls.YOUTUBE_API_URL}/`, retry: false });
}
