/** Scopes the simulator knows, with what the consent page says of them. */
export const SCOPE_TEXTS: Readonly<Record<string, string>> = {
  "user.info.basic": "Read your profile info (avatar, display name)",
  "user.info.profile": "Read access to your additional profile information, such as bio description",
  "user.info.stats": "Access to your profile engagement statistics",
  "video.list": "Read your public videos on TikTok",
  "video.publish": "Post content to TikTok",
  "video.upload": "Upload draft content to TikTok",
};

/** Scopes that a person may untick, unlike the one every sign-in needs. */
export const isOptionalScope = (scope: string): boolean => scope !== "user.info.basic";

/** Splits a scope parameter; the first unknown one comes back as `unknown`. */
export function parseScopes(text: string): { scopes: string[]; unknown: string | null } {
  const words = text.split(",").map((word) => word.trim()).filter(Boolean);
  const unknown = words.find((word) => !Object.hasOwn(SCOPE_TEXTS, word)) ?? null;
  return { scopes: [...new Set(words)].filter((word) => Object.hasOwn(SCOPE_TEXTS, word)), unknown };
}
