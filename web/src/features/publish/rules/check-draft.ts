import type {
  Platform,
  PublishConnection,
} from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { toInstant } from "../../../lib/zoned-time.ts";
import { composeText, findBadHashtags, parseHashtags } from "./compose-text.ts";
import type { DraftText, PostDraft, PostField } from "./post-draft.ts";
import { checkTiktok } from "./tiktok-choice.ts";
import {
  countCharacters,
  FACEBOOK_TITLE_MAX,
  FIRST_COMMENT_MAX,
  isOver,
  measureText,
  YOUTUBE_TITLE_MAX,
} from "./text-limits.ts";

const MAX_HASHTAGS = 30;
const MAX_AHEAD_MS = 366 * 86_400_000;

export type DraftProblems = Partial<Record<PostField, string>>;

/** What has to change before a draft can be posted, as a sentence per field; empty when nothing has to. */
export function checkDraft(
  draft: PostDraft,
  accounts: readonly PublishConnection[],
  now: Date = new Date(),
): DraftProblems {
  const platforms = [...new Set(accounts.map(({ platform }) => platform))];
  const ownTexts = platforms.flatMap((platform) => {
    const text = draft.ownTexts[platform];
    return text ? [{ platform, text }] : [];
  });
  const problems: DraftProblems = {
    accounts: platforms.length === 0 ? "Choose where to post." : undefined,
    caption: checkText(draft, platforms.filter((platform) => !draft.ownTexts[platform])),
    hashtags: checkHashtags(draft),
    ...Object.fromEntries(ownTexts.flatMap(({ platform, text }) => [
      [`caption.${platform}`, checkText(text, [platform])],
      [`hashtags.${platform}`, checkHashtags(text)],
    ])),
    title: platforms.includes("youtube") ? checkTitle(draft.title.trim()) : undefined,
    facebookTitle: platforms.includes("facebook") ? checkReelTitle(draft.facebookTitle.trim()) : undefined,
    firstComment: platforms.includes("instagram") ? checkFirstComment(draft.firstComment.trim()) : undefined,
    ...(platforms.includes("tiktok") && checkTiktok(draft.tiktok)),
    ...checkTimes(draft, accounts, now),
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined));
}

function checkText(typed: DraftText, platforms: readonly Platform[]): string | undefined {
  const text = composeText(typed.caption, parseHashtags(typed.hashtags));
  for (const platform of platforms) {
    const broken = measureText(platform, text).find(isOver);
    if (broken) {
      const most = broken.max.toLocaleString("en");
      return `${PLATFORM_NAMES[platform]} takes at most ${most} ${broken.unit}, hashtags included.`;
    }
  }
  if (platforms.includes("youtube") && /[<>]/.test(text)) return "YouTube does not take < and > in the text.";
  return undefined;
}

function checkHashtags({ hashtags: typed }: DraftText): string | undefined {
  const hashtags = parseHashtags(typed);
  const bad = findBadHashtags(hashtags);
  if (bad.length > 0) return `${bad.map((tag) => `#${tag}`).join(", ")}: letters, digits and _ only.`;
  return hashtags.length > MAX_HASHTAGS ? `Use at most ${MAX_HASHTAGS} hashtags.` : undefined;
}

const checkReelTitle = (title: string): string | undefined =>
  countCharacters(title) > FACEBOOK_TITLE_MAX ? `Use at most ${FACEBOOK_TITLE_MAX} characters.` : undefined;

function checkTitle(title: string): string | undefined {
  if (title === "") return "YouTube wants a title.";
  if (countCharacters(title) > YOUTUBE_TITLE_MAX) return `Use at most ${YOUTUBE_TITLE_MAX} characters.`;
  return /[<>]/.test(title) ? "YouTube does not take < and > in a title." : undefined;
}

function checkFirstComment(text: string): string | undefined {
  const most = FIRST_COMMENT_MAX.toLocaleString("en");
  return countCharacters(text) > FIRST_COMMENT_MAX ? `Use at most ${most} characters.` : undefined;
}

function checkTimes(draft: PostDraft, accounts: readonly PublishConnection[], now: Date): DraftProblems {
  if (draft.when === "now") return {};
  const check = (local: string) => checkTime(local, draft.timeZone, now);
  const { ownTimes } = draft;
  if (ownTimes === null) return { localTime: check(draft.localTime) };
  return Object.fromEntries(
    accounts.map(({ id }) => [`localTime.${id}`, check(ownTimes[id] ?? draft.localTime)]),
  );
}

function checkTime(local: string, timeZone: string, now: Date): string | undefined {
  if (local === "") return "Choose a day and a time.";
  const time = toInstant(local, timeZone);
  if (time.kind === "never") {
    return "This time does not exist: clocks are set forward over it that night. Choose another one.";
  }
  if (time.instant <= now) return "This time has passed. Choose a later one, or post now.";
  const isTooFar = time.instant.getTime() - now.getTime() > MAX_AHEAD_MS;
  return isTooFar ? "Choose a time within the next year." : undefined;
}
