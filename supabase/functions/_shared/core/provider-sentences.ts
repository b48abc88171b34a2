import type { ErrorCode } from "./error-codes.ts";

/** Names of the services for people. OneDrive is not here: the sentences of the table of codes are about it. */
const NAMES: Readonly<Record<string, string>> = {
  youtube: "YouTube",
  instagram: "Instagram",
  facebook: "Facebook",
  tiktok: "TikTok",
  blotato: "Blotato",
};

const SENTENCES: Partial<Record<ErrorCode, (name: string) => string>> = {
  reauth_required: (name) => `Connect your ${name} account again to go on.`,
  provider_throttled: (name) => `${name} asks us to slow down. Try again in a moment.`,
  provider_failed: (name) => `${name} did not answer properly. Try again in a moment.`,
  provider_misconfigured: (name) =>
    `${name} does not accept this installation of Cliprelay right now. We have to repair that; your account stays ` +
    "connected.",
};

/** The sentence of a provider's failure about that provider; undefined where the table's own fits. */
export function describeProviderFailure(code: ErrorCode, provider: string): string | undefined {
  const name = NAMES[provider];
  return name === undefined ? undefined : SENTENCES[code]?.(name);
}
