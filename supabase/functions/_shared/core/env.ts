import { z } from "zod";

const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "is not valid JSON" });
    return z.NEVER;
  }
});

const keyMap = jsonText.pipe(z.object({ default: z.string().min(1) }).catchall(z.string()));
const jwks = jsonText.pipe(z.object({ keys: z.array(z.object({ kty: z.string() }).loose()) }));
const encryptionKeys = jsonText.pipe(
  z.record(z.string(), z.base64().length(44, "must be base64 of 32 bytes")),
);
const origin = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));

const origins = z.string().transform((text) =>
  text
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean)
);

const platformShape = {
  SUPABASE_URL: origin,
  SUPABASE_PUBLISHABLE_KEYS: keyMap,
  SUPABASE_SECRET_KEYS: keyMap,
  SUPABASE_JWKS: jwks.default({ keys: [] }),
  JWT_SECRET: z.string().min(32).optional(),
  CRON_SECRET: z.string().min(16),
  PUBLIC_API_URL: origin.optional(),
};

const microsoftShape = {
  TOKEN_ENCRYPTION_KEYS: encryptionKeys,
  TOKEN_ENCRYPTION_KEY_ID: z.string().min(1),
  MICROSOFT_CLIENT_ID: z.string().min(1),
  MICROSOFT_CLIENT_SECRET: z.string().min(1),
  MICROSOFT_TENANT: z.string().min(1).default("common"),
  MICROSOFT_LOGIN_URL: origin.default("https://login.microsoftonline.com"),
  MICROSOFT_GRAPH_URL: origin.default("https://graph.microsoft.com"),
  OUTBOUND_ALLOW_ORIGINS: origins.default([]),
  SUPABASE_URL: z.string().optional(),
  WEB_URL: origin,
};

/** Sign-ins of the platforms; one without id and secret cannot be connected here. */
const socialShape = {
  GOOGLE_CLIENT_ID: z.string().default(""),
  GOOGLE_CLIENT_SECRET: z.string().default(""),
  GOOGLE_OAUTH_URL: origin.default("https://accounts.google.com"),
  GOOGLE_TOKEN_URL: origin.default("https://oauth2.googleapis.com"),
  YOUTUBE_API_URL: origin.default("https://www.googleapis.com"),
  YOUTUBE_UPLOAD_URL: origin.default("https://www.googleapis.com"),
  YOUTUBE_SITE_URL: origin.default("https://www.youtube.com"),
  META_APP_ID: z.string().default(""),
  META_APP_SECRET: z.string().default(""),
  META_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, "is not a version such as v26.0")
    .default("v26.0"),
  META_DIALOG_URL: origin.default("https://www.facebook.com"),
  META_GRAPH_URL: origin.default("https://graph.facebook.com"),
  META_UPLOAD_URL: origin.default("https://rupload.facebook.com"),
  FACEBOOK_SITE_URL: origin.default("https://www.facebook.com"),
  INSTAGRAM_APP_ID: z.string().default(""),
  INSTAGRAM_APP_SECRET: z.string().default(""),
  INSTAGRAM_OAUTH_URL: origin.default("https://www.instagram.com"),
  INSTAGRAM_API_URL: origin.default("https://api.instagram.com"),
  INSTAGRAM_GRAPH_URL: origin.default("https://graph.instagram.com"),
  BLOTATO_URL: origin.default("https://backend.blotato.com"),
  TIKTOK_CLIENT_KEY: z.string().default(""),
  TIKTOK_CLIENT_SECRET: z.string().default(""),
  TIKTOK_AUTH_URL: origin.default("https://www.tiktok.com"),
  TIKTOK_API_URL: origin.default("https://open.tiktokapis.com"),
  TIKTOK_UPLOAD_URL: origin.default("https://open-upload.tiktokapis.com"),
  TIKTOK_SITE_URL: origin.default("https://www.tiktok.com"),
};

/** Service that converts videos; without one their users do. */
const transcoderSchema = z
  .object({ TRANSCODER_URL: origin.optional(), TRANSCODER_KEY: z.string().default("") })
  .refine((env) => env.TRANSCODER_URL === undefined || env.TRANSCODER_KEY !== "", {
    path: ["TRANSCODER_KEY"],
    message: "and TRANSCODER_URL belong together",
  });

/** Mails about notices; without a key users are told in the app alone. */
const mailSchema = z
  .object({
    RESEND_API_KEY: z.string().default(""),
    RESEND_URL: origin.default("https://api.resend.com"),
    MAIL_FROM: z.string().default(""),
  })
  .refine((env) => Boolean(env.RESEND_API_KEY) === Boolean(env.MAIL_FROM), {
    path: ["MAIL_FROM"],
    message: "and RESEND_API_KEY belong together",
  });

const socialSchema = z.object(socialShape).superRefine((env, context) => {
  for (const [id, secret] of SOCIAL_APPS) {
    if (Boolean(env[id]) === Boolean(env[secret])) continue;
    context.addIssue({ code: "custom", path: [id], message: `and ${secret} belong together` });
  }
});

const SOCIAL_APPS = [
  ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  ["META_APP_ID", "META_APP_SECRET"],
  ["INSTAGRAM_APP_ID", "INSTAGRAM_APP_SECRET"],
  ["TIKTOK_CLIENT_KEY", "TIKTOK_CLIENT_SECRET"],
] as const;

const platformSchema = z
  .object(platformShape)
  .refine((env) => env.JWT_SECRET !== undefined || env.SUPABASE_JWKS.keys.length > 0, {
    path: ["SUPABASE_JWKS"],
    message: "has no keys and JWT_SECRET is not set: sessions cannot be checked",
  });

const microsoftSchema = z
  .object(microsoftShape)
  .refine((env) => Object.hasOwn(env.TOKEN_ENCRYPTION_KEYS, env.TOKEN_ENCRYPTION_KEY_ID), {
    path: ["TOKEN_ENCRYPTION_KEY_ID"],
    message: "names no key of TOKEN_ENCRYPTION_KEYS",
  })
  .refine(
    (env) => env.OUTBOUND_ALLOW_ORIGINS.length === 0 || !/\.supabase\.co$/.test(env.SUPABASE_URL ?? ""),
    { path: ["OUTBOUND_ALLOW_ORIGINS"], message: "must be empty on a hosted project" },
  );

export type PlatformEnv = z.infer<typeof platformSchema>;
export type SocialEnv = z.infer<typeof socialSchema>;
export type MailEnv = z.infer<typeof mailSchema>;
export type TranscoderEnv = z.infer<typeof transcoderSchema>;
export type MicrosoftEnv = Omit<z.infer<typeof microsoftSchema>, "SUPABASE_URL">;

type Variables = Record<string, string | undefined>;

/** What every function needs. Throws one error that names all missing or wrong variables. */
export function readPlatformEnv(overrides: Variables = {}): PlatformEnv {
  return readGroups(overrides, platformSchema);
}

/** What functions that talk to Microsoft need on top. */
export function readMicrosoftEnv(overrides: Variables = {}): PlatformEnv & MicrosoftEnv {
  return readGroups(overrides, platformSchema, microsoftSchema);
}

/** What the account function needs: whatever a leaving account had connected, and how users get mail. */
export function readAccountEnv(
  overrides: Variables = {},
): PlatformEnv & MicrosoftEnv & SocialEnv & MailEnv {
  return readGroups(overrides, platformSchema, microsoftSchema, socialSchema, mailSchema);
}

/** What the publish function needs: the video's source, the platforms it goes to, and who converts it. */
export function readPublishEnv(
  overrides: Variables = {},
): PlatformEnv & MicrosoftEnv & SocialEnv & TranscoderEnv {
  return readGroups(overrides, platformSchema, microsoftSchema, socialSchema, transcoderSchema);
}

function readGroups<Groups extends z.ZodType[]>(
  overrides: Variables,
  ...groups: Groups
): UnionToIntersection<z.infer<Groups[number]>> {
  const variables = withoutEmpty({ ...Deno.env.toObject(), ...overrides });
  const results = groups.map((group) => group.safeParse(variables));
  const problems = results.flatMap((result) =>
    result.success ? [] : result.error.issues.map(describeIssue(variables))
  );
  if (problems.length > 0) throw new Error(`Configuration is not complete: ${problems.join("; ")}.`);
  return Object.assign({}, ...results.map((result) => result.data));
}

type UnionToIntersection<Union> = (Union extends unknown ? (value: Union) => void : never) extends (
  value: infer Intersection,
) => void ? Intersection
  : never;

function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
}

function describeIssue(variables: Variables): (issue: z.core.$ZodIssue) => string {
  return (issue) => {
    const name = String(issue.path[0] ?? "environment");
    return variables[name] === undefined && issue.code !== "custom"
      ? `${name} is missing`
      : `${name} ${issue.message}`;
  };
}
