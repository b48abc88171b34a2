import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { toLocal } from "../../../lib/zoned-time.ts";
import { canPostTo } from "./can-post-to.ts";
import type { PostDraft } from "./post-draft.ts";
import { UNCHOSEN } from "./tiktok-choice.ts";
import { YOUTUBE_TITLE_MAX } from "./text-limits.ts";

const STEP_MS = 15 * 60_000;

/**
 * The form as it opens. Where a platform has one account, it is chosen; of several, the user chooses. The time is
 * the next quarter of an hour that is at least three quarters away.
 */
export function startDraft(
  accounts: readonly PublishConnection[],
  title: string,
  timeZone: string,
  now: Date = new Date(),
): PostDraft {
  const isOnly = ({ platform }: PublishConnection) =>
    accounts.filter((other) => other.platform === platform).length === 1;
  return {
    connectionIds: accounts.filter((account) => canPostTo(account) && isOnly(account)).map(({ id }) => id),
    caption: "",
    hashtags: "",
    ownTexts: {},
    title: [...title.replace(/[<>]/g, "")].slice(0, YOUTUBE_TITLE_MAX).join(""),
    privacy: "public",
    madeForKids: false,
    sharesToFeed: true,
    facebookTitle: "",
    firstComment: "",
    tiktok: UNCHOSEN,
    cover: null,
    when: "now",
    timeZone,
    localTime: suggestTime(timeZone, now),
    ownTimes: null,
  };
}

/** A local time that leaves enough time to change one's mind. */
export const suggestTime = (timeZone: string, now: Date = new Date()): string =>
  toLocal(new Date(Math.ceil(now.getTime() / STEP_MS + 3) * STEP_MS), timeZone);
