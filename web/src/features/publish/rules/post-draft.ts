import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import type { TiktokChoice } from "./tiktok-choice.ts";
import type { DraftCover } from "./draft-cover.ts";

/** A text as typed. */
export interface DraftText {
  caption: string;
  hashtags: string;
}

/** What somebody has filled in for a post. */
export interface PostDraft extends DraftText {
  connectionIds: readonly string[];
  /** Platforms with words of their own. */
  ownTexts: Partial<Record<Platform, DraftText>>;
  title: string;
  privacy: "public" | "unlisted" | "private";
  madeForKids: boolean;
  sharesToFeed: boolean;
  /** Of a Reel on Facebook; empty for none. */
  facebookTitle: string;
  /** Below the Reel, from the account itself; empty for none. */
  firstComment: string;
  tiktok: TiktokChoice;
  cover: DraftCover | null;
  when: "now" | "later";
  timeZone: string;
  /** `YYYY-MM-DDTHH:MM` in the zone. */
  localTime: string;
  /** Local times of accounts by id; null: all go out together. */
  ownTimes: Readonly<Record<string, string>> | null;
}

/** A field that can be wrong; one of a platform or an account carries its name behind a dot. */
export type PostField =
  | "accounts"
  | "caption"
  | "hashtags"
  | "title"
  | "firstComment"
  | "facebookTitle"
  | "localTime"
  | "tiktok.privacy"
  | "tiktok.disclosure"
  | `caption.${string}`
  | `hashtags.${string}`
  | `localTime.${string}`;
