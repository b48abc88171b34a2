const PREFIX = "https://www.googleapis.com/auth/";

/** Short names of the scopes the simulator knows, with what the consent page says of them. */
export const SCOPE_TEXTS: Readonly<Record<string, string>> = {
  youtube: "Manage your YouTube account",
  "youtube.force-ssl":
    "See, edit, and permanently delete your YouTube videos, ratings, comments and captions",
  "youtube.readonly": "View your YouTube account",
  "youtube.upload": "Manage your YouTube videos",
  "yt-analytics.readonly": "View YouTube Analytics reports for your YouTube content",
  "yt-analytics-monetary.readonly": "View monetary and non-monetary YouTube Analytics reports",
  openid: "Associate you with your personal info on Google",
  "userinfo.email": "See your primary Google Account email address",
  "userinfo.profile": "See your personal info",
};

/** Scopes for signing in: granted as a whole, and not bound by the limits of a project in testing. */
const SIGN_IN_SCOPES: readonly string[] = ["openid", "userinfo.email", "userinfo.profile"];

/** Scopes that are written without the prefix, by what they stand for. */
const BARE_NAMES: Readonly<Record<string, string>> = {
  openid: "openid",
  email: "userinfo.email",
  profile: "userinfo.profile",
};

/** Splits a scope parameter into short names; the first unknown one comes back as `unknown`. */
export function parseScopes(text: string): { scopes: string[]; unknown: string | null } {
  const words = text.split(" ").filter(Boolean);
  const unknown = words.find((word) => shorten(word) === null) ?? null;
  return { scopes: [...new Set(words.map(shorten).filter((scope) => scope !== null))], unknown };
}

/** The scope parameter of an answer: full names, separated by spaces. */
export function formatScopes(scopes: readonly string[]): string {
  return scopes.map((scope) => scope === "openid" ? scope : `${PREFIX}${scope}`).join(" ");
}

/** Whether a scope is for signing in only. */
export function isSignInScope(scope: string): boolean {
  return SIGN_IN_SCOPES.includes(scope);
}

export function canReadChannel(scopes: readonly string[]): boolean {
  return hasAny(scopes, "youtube.readonly", "youtube", "youtube.force-ssl");
}

export function canUpload(scopes: readonly string[]): boolean {
  return hasAny(scopes, "youtube.upload", "youtube", "youtube.force-ssl");
}

export function canEditVideos(scopes: readonly string[]): boolean {
  return hasAny(scopes, "youtube", "youtube.force-ssl");
}

/** Whether one of the scopes lets its holder change anything. */
export function canWriteVideos(scopes: readonly string[]): boolean {
  return canUpload(scopes);
}

function hasAny(scopes: readonly string[], ...wanted: string[]): boolean {
  return wanted.some((scope) => scopes.includes(scope));
}

function shorten(word: string): string | null {
  if (Object.hasOwn(BARE_NAMES, word)) return BARE_NAMES[word]!;
  const short = word.startsWith(PREFIX) ? word.slice(PREFIX.length) : "";
  return Object.hasOwn(SCOPE_TEXTS, short) && short !== "openid" ? short : null;
}
