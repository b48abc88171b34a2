import { connectionUrl } from "./database/connection-urls.ts";
import { OWNER_VARIABLE } from "./processes/process-registry.ts";
import type { StackSecrets } from "./secrets.ts";
import type { StackSettings } from "./settings.ts";

type Values = Record<string, string>;

/** Variables of our own environment a child may see. Everything else it gets is listed in this file. */
const INHERITED = ["PATH", "HOME", "TMPDIR", "LANG", "DENO_DIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE"];

/** The environment every child starts from. */
export function baseEnvironment(settings: StackSettings): Values {
  const env: Values = { [OWNER_VARIABLE]: settings.dataDir, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
  for (const name of INHERITED) {
    const value = Deno.env.get(name);
    if (value !== undefined) env[name] = value;
  }
  return env;
}

/**
 * Addresses of the outside services: the sandbox's, unless our own environment names another one. The sandbox
 * says which names exist. STACK_TRANSCODER=off leaves the transcoder out, the one service that may be missing.
 */
export function providerUrls(sandboxUrls: Readonly<Values>): Values {
  const names = Object.keys(sandboxUrls).filter((name) =>
    name !== "TRANSCODER_URL" || Deno.env.get("STACK_TRANSCODER") !== "off"
  );
  return Object.fromEntries(names.map((name) => [name, Deno.env.get(name) || sandboxUrls[name]!]));
}

/** Redirect addresses registered for the sandbox's one app: one for other programs, then our own callbacks. */
export function sandboxRedirects(settings: StackSettings): string[] {
  return [
    `${settings.sandboxUrl}/callback`,
    `${settings.apiUrl}/functions/v1/onedrive/callback`,
    ...["youtube", "instagram", "facebook", "tiktok"].map((platform) =>
      `${settings.apiUrl}/functions/v1/publish/connections/${platform}/callback`
    ),
  ];
}

/** What `npm run stack -- env` prints. */
export function printedEnvironment(
  settings: StackSettings,
  secrets: StackSecrets,
  providers: Values,
): Values {
  return {
    API_URL: settings.apiUrl,
    PUBLISHABLE_KEY: secrets.publishableKey,
    SECRET_KEY: secrets.secretKey,
    JWT_SECRET: secrets.jwtSecret,
    DB_URL: connectionUrl("postgres", settings, secrets),
    SANDBOX_URL: settings.sandboxUrl,
    WEB_URL: settings.webUrl,
    MAIL_URL: settings.mailUrl,
    PUBLIC_API_URL: publicApiUrl(settings),
    VIDEO_WEBHOOK_SECRET: secrets.videoWebhookSecret,
    SANDBOX_CLIENT_ID: secrets.sandboxClientId,
    SANDBOX_CLIENT_SECRET: secrets.sandboxClientSecret,
    SANDBOX_REDIRECT_URI: sandboxRedirects(settings)[0]!,
    ...providers,
  };
}

/** The environment of a function, under the names a hosted function has. */
export function functionEnvironment(
  settings: StackSettings,
  secrets: StackSecrets,
  providers: Values,
): Values {
  return {
    ...baseEnvironment(settings),
    SUPABASE_URL: settings.apiUrl,
    SUPABASE_DB_URL: connectionUrl("postgres", settings, secrets),
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: secrets.publishableKey }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: secrets.secretKey }),
    // Tokens are signed with a shared secret here, so there is no public key to publish.
    SUPABASE_JWKS: JSON.stringify({ keys: [] }),
    JWT_SECRET: secrets.jwtSecret,
    TOKEN_ENCRYPTION_KEYS: secrets.tokenEncryptionKeys,
    TOKEN_ENCRYPTION_KEY_ID: secrets.tokenEncryptionKeyId,
    CRON_SECRET: secrets.cronSecret,
    VIDEO_WEBHOOK_SECRET: secrets.videoWebhookSecret,
    MICROSOFT_CLIENT_ID: secrets.sandboxClientId,
    MICROSOFT_CLIENT_SECRET: secrets.sandboxClientSecret,
    MICROSOFT_TENANT: "common",
    GOOGLE_CLIENT_ID: secrets.sandboxClientId,
    GOOGLE_CLIENT_SECRET: secrets.sandboxClientSecret,
    META_APP_ID: secrets.sandboxClientId,
    META_APP_SECRET: secrets.sandboxClientSecret,
    INSTAGRAM_APP_ID: secrets.sandboxClientId,
    INSTAGRAM_APP_SECRET: secrets.sandboxClientSecret,
    TIKTOK_CLIENT_KEY: secrets.sandboxClientId,
    TIKTOK_CLIENT_SECRET: secrets.sandboxClientSecret,
    TRANSCODER_KEY: Deno.env.get("TRANSCODER_KEY") || secrets.sandboxClientSecret,
    RESEND_API_KEY: Deno.env.get("RESEND_API_KEY") || "re_local",
    MAIL_FROM: Deno.env.get("MAIL_FROM") || "Cliprelay <notices@cliprelay.local>",
    PUBLIC_API_URL: publicApiUrl(settings),
    WEB_URL: settings.webUrl,
    // The sandbox lives on loopback over plain http; these origins are excepted from the rule against both.
    OUTBOUND_ALLOW_ORIGINS: [...new Set(Object.values(providers).map((url) => new URL(url).origin))].join(
      ",",
    ),
    ...providers,
  };
}

/** Address for URLs that leave the system, for example media a platform pulls. */
function publicApiUrl(settings: StackSettings): string {
  return Deno.env.get("PUBLIC_API_URL") || settings.apiUrl;
}
