import type { Clock } from "../core/clock.ts";
import type { PlatformEnv, SocialEnv } from "../core/env.ts";
import type { SocialLogin } from "../core/social-login.ts";
import { createInstagramLogin } from "../providers/instagram/login-client.ts";
import { createFacebookLogin } from "../providers/facebook/login-client.ts";
import { createPageLogin } from "../providers/facebook/page-login.ts";
import { createTiktokLogin } from "../providers/tiktok/login-client.ts";
import { createYoutubeLogin } from "../providers/youtube/login-client.ts";

interface LoginOverrides {
  clock?: Clock;
  fetch?: typeof fetch;
}

/** The sign-ins whose app is set up here, the usual one of a platform before its others. */
export function createSocialLogins(
  env: PlatformEnv & SocialEnv,
  overrides: LoginOverrides = {},
): SocialLogin[] {
  // Must equal the address registered with the platform to the letter.
  const redirectUri = (platform: string) =>
    `${env.PUBLIC_API_URL ?? env.SUPABASE_URL}/functions/v1/publish/connections/${platform}/callback`;
  const version = env.META_GRAPH_VERSION;
  return [
    ...(env.GOOGLE_CLIENT_ID
      ? [
        createYoutubeLogin({
          loginUrl: env.GOOGLE_OAUTH_URL,
          tokenUrl: env.GOOGLE_TOKEN_URL,
          apiUrl: env.YOUTUBE_API_URL,
          clientId: env.GOOGLE_CLIENT_ID,
          clientSecret: env.GOOGLE_CLIENT_SECRET,
          redirectUri: redirectUri("youtube"),
          ...overrides,
        }),
      ]
      : []),
    ...(env.META_APP_ID
      ? [
        createFacebookLogin({
          dialogUrl: env.META_DIALOG_URL,
          graphUrl: env.META_GRAPH_URL,
          version,
          appId: env.META_APP_ID,
          appSecret: env.META_APP_SECRET,
          redirectUri: redirectUri("instagram"),
          ...overrides,
        }),
        createPageLogin({
          dialogUrl: env.META_DIALOG_URL,
          graphUrl: env.META_GRAPH_URL,
          version,
          appId: env.META_APP_ID,
          appSecret: env.META_APP_SECRET,
          redirectUri: redirectUri("facebook"),
          ...overrides,
        }),
      ]
      : []),
    ...(env.INSTAGRAM_APP_ID
      ? [
        createInstagramLogin({
          loginUrl: env.INSTAGRAM_OAUTH_URL,
          codeUrl: env.INSTAGRAM_API_URL,
          graphUrl: env.INSTAGRAM_GRAPH_URL,
          version,
          appId: env.INSTAGRAM_APP_ID,
          appSecret: env.INSTAGRAM_APP_SECRET,
          redirectUri: redirectUri("instagram"),
          ...overrides,
        }),
      ]
      : []),
    ...(env.TIKTOK_CLIENT_KEY
      ? [
        createTiktokLogin({
          authUrl: env.TIKTOK_AUTH_URL,
          apiUrl: env.TIKTOK_API_URL,
          clientKey: env.TIKTOK_CLIENT_KEY,
          clientSecret: env.TIKTOK_CLIENT_SECRET,
          redirectUri: redirectUri("tiktok"),
          ...overrides,
        }),
      ]
      : []),
  ];
}
