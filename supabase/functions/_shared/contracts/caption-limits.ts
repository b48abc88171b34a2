import type { Platform } from "./publish.ts";

interface CaptionLimit {
  max: number;
  /** How much of `max` a text uses, in the platform's own unit. */
  measure: (text: string) => number;
  maxHashtags: number;
}

const countBytes = (text: string) => new TextEncoder().encode(text).length;
const countCodePoints = (text: string) => [...text].length;
const countCodeUnits = (text: string) => text.length;

/**
 * How long caption and hashtags together may be. Rules: YouTube Data API, videos resource (bytes of UTF-8); Instagram
 * Graph API, IG User Media (characters, 30 hashtags); TikTok Content Posting API, Direct Post (UTF-16 code units);
 * Graph API, Page Video Reels, which names no limit: that of our own rows.
 */
export const CAPTION_LIMITS: Record<Platform, CaptionLimit> = {
  youtube: { max: 5000, measure: countBytes, maxHashtags: 30 },
  instagram: { max: 2200, measure: countCodePoints, maxHashtags: 30 },
  tiktok: { max: 2200, measure: countCodeUnits, maxHashtags: 30 },
  facebook: { max: 5000, measure: countCodePoints, maxHashtags: 30 },
};
