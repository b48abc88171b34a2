import type { Platform } from "../../../supabase/functions/_shared/contracts/publish.ts";

/** Platforms as they write themselves. */
export const PLATFORM_NAMES: Record<Platform, string> = {
  youtube: "YouTube",
  instagram: "Instagram",
  tiktok: "TikTok",
  facebook: "Facebook",
};

/** The name of a platform by the word a server used for it; that word again when it is unknown. */
export const namePlatform = (platform: string): string =>
  Object.hasOwn(PLATFORM_NAMES, platform) ? PLATFORM_NAMES[platform as Platform] : "Your account";
