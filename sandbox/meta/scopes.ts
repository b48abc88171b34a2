import type { SignIn } from "./grants.ts";

/** Permissions each sign-in knows, with what its page says of them. */
const SCOPE_TEXTS: Readonly<Record<SignIn, Readonly<Record<string, string>>>> = {
  facebook: {
    public_profile: "Your name and profile picture",
    email: "Your email address",
    pages_show_list: "Show a list of the Pages you manage",
    pages_read_engagement: "Read content posted on the Page",
    pages_manage_posts: "Create and manage content on your Page",
    pages_manage_engagement: "Create and manage comments on your Page",
    read_insights: "Access Page and app insights",
    business_management: "Manage your business",
    ads_management: "Manage ads for ad accounts that you have access to",
    ads_read: "Access your Facebook ads and related stats",
    instagram_basic: "Access profile and posts from the Instagram account connected to your Page",
    instagram_content_publish: "Upload media and create posts for the Instagram account",
    instagram_manage_insights: "Access insights for the Instagram account",
    instagram_manage_comments: "Manage comments for the Instagram account",
  },
  instagram: {
    instagram_business_basic: "View profile and access media",
    instagram_business_content_publish: "Access and publish content",
    instagram_business_manage_insights: "Access and manage insights",
    instagram_business_manage_comments: "Access and manage comments",
    instagram_business_manage_messages: "Access and manage messages",
  },
};

const PUBLISHING: readonly string[] = [
  "instagram_content_publish",
  "instagram_business_content_publish",
  "pages_manage_posts",
];

/** Permissions that nobody can take away from a request of the sign-in. */
const ALWAYS: Readonly<Record<SignIn, readonly string[]>> = {
  facebook: ["public_profile"],
  instagram: ["instagram_business_basic"],
};

/** Splits a scope parameter (commas or spaces); the first unknown word comes back as `unknown`. */
export function parseScopes(signIn: SignIn, text: string): { scopes: string[]; unknown: string | null } {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const unknown = words.find((word) => !Object.hasOwn(SCOPE_TEXTS[signIn], word)) ?? null;
  return { scopes: [...new Set(words)], unknown };
}

export function describeScope(signIn: SignIn, scope: string): string {
  return SCOPE_TEXTS[signIn][scope] ?? scope;
}

export function isAlwaysGranted(signIn: SignIn, scope: string): boolean {
  return ALWAYS[signIn].includes(scope);
}

export function isPublishingScope(scope: string): boolean {
  return PUBLISHING.includes(scope);
}
