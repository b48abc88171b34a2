/** Every outside service the sandbox can pretend to be. A name that is not here is refused by the control API. */
export const SERVICES = [
  "microsoft",
  "google",
  "meta",
  "instagram",
  "tiktok",
  "blotato",
  "resend",
  "generator",
  "transcoder",
  "openai",
  "keepa",
  "ebay",
  "elevenlabs",
  "amazon",
] as const;

export type ServiceName = (typeof SERVICES)[number];
