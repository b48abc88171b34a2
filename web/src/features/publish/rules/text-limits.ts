import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";

export interface TextLimit {
  /** What is counted, for example `characters`. */
  unit: string;
  used: number;
  max: number;
}

export const YOUTUBE_TITLE_MAX = 100;
export const FACEBOOK_TITLE_MAX = 255;
export const FIRST_COMMENT_MAX = 2200;

/** Characters as a reader counts them: an emoji of several code units is what platforms count by code point. */
export const countCharacters = (text: string): number => [...text].length;

/**
 * How much of each limit of a platform a text uses, in the platform's own units. Rules: YouTube Data API, videos
 * resource (description in bytes of UTF-8); Instagram Graph API, IG User Media (characters, hashtags, mentions);
 * TikTok Content Posting API, post_info.
 */
export function measureText(platform: Platform, text: string): TextLimit[] {
  if (platform === "youtube") {
    return [{ unit: "bytes", used: new TextEncoder().encode(text).length, max: 5000 }];
  }
  if (platform === "facebook") return [{ unit: "characters", used: countCharacters(text), max: 2200 }];
  // UTF-16 units: TikTok counts most emoji as two.
  if (platform === "tiktok") return [{ unit: "characters", used: text.length, max: 2200 }];
  return [
    { unit: "characters", used: countCharacters(text), max: 2200 },
    { unit: "hashtags", used: text.match(/#[\p{L}\p{N}_]+/gu)?.length ?? 0, max: 30 },
    { unit: "mentions", used: text.match(/@[\w.]+/g)?.length ?? 0, max: 20 },
  ];
}

export const isOver = ({ used, max }: TextLimit): boolean => used > max;
