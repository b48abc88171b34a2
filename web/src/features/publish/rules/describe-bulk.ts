import type { Bulk, BulkSummary } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import { count } from "../../../lib/count.ts";
import { formatTime } from "../../../lib/format-time.ts";

export interface BulkCounts {
  /** Posts, those that are still to be made among them. */
  total: number;
  published: number;
  /** Failed, or waiting for its user. */
  stopped: number;
  canceled: number;
  waiting: number;
}

/** The posts of a bulk over all accounts. A video whose post could not be made counts as stopped once. */
export function countBulk({ platforms, videos, total }: BulkSummary): BulkCounts {
  const sum = (pick: (platform: BulkSummary["platforms"][number]) => number) =>
    platforms.reduce((all, platform) => all + pick(platform), 0);
  const perVideo = videos.made > 0 ? sum((each) => each.total) / videos.made : 1;
  const unmade = Math.round(videos.waiting * perVideo);
  const made = {
    published: sum((each) => each.published),
    stopped: sum((each) => each.failed + each.needs_user) + videos.failed,
    canceled: sum((each) => each.canceled) + videos.canceled,
    waiting: sum((each) => each.waiting) + unmade,
  };
  return { ...made, total: Math.max(total, made.published + made.stopped + made.canceled + made.waiting) };
}

export interface BulkDescription {
  label: string;
  tone: "neutral" | "info" | "success" | "warning";
  sentence: string;
}

/** How a bulk stands, as a word and a sentence. */
export function describeBulk(bulk: BulkSummary, timeZone: string, now: Date = new Date()): BulkDescription {
  const { published, stopped, waiting, canceled } = countBulk(bulk);
  const done = `${count(published, "post")} published`;
  if (bulk.status === "canceled") {
    const sentence = published > 0
      ? `Undone. ${done} before, ${canceled} stopped.`
      : `Undone before anything went out. ${canceled} stopped.`;
    return { label: "Undone", tone: "neutral", sentence };
  }
  if (bulk.status === "making") {
    const made = bulk.total - bulk.videos.waiting;
    return {
      label: "Getting ready",
      tone: "info",
      sentence: `${made} of ${count(bulk.total, "video")} planned. You can close this page.`,
    };
  }
  if (waiting > 0) {
    const last = lastTime(bulk);
    const until = last && last > now ? ` The last one goes out ${formatTime(last, timeZone, now)}.` : "";
    const isPlanned = published === 0 && stopped === 0 && firstTime(bulk) > now;
    return {
      label: isPlanned ? "Planned" : "Under way",
      tone: "info",
      sentence: `${listCounts(published, waiting, stopped)}.${until}`,
    };
  }
  return stopped > 0
    ? { label: "Needs you", tone: "warning", sentence: `${listCounts(published, waiting, stopped)}.` }
    : { label: "Done", tone: "success", sentence: `${done}.` };
}

/** "9 posts published, 2 to go, 1 needs you": what there is none of is left out. */
function listCounts(published: number, waiting: number, stopped: number): string {
  const parts = [
    { amount: published, words: "published" },
    { amount: waiting, words: "to go" },
    { amount: stopped, words: stopped === 1 ? "needs you" : "need you" },
  ].filter(({ amount }) => amount > 0);
  return parts.map(({ amount, words }, index) => `${index === 0 ? count(amount, "post") : amount} ${words}`)
    .join(", ");
}

/** What an undo stopped, and what it could not stop. */
export function describeUndone(
  { videos, targets, published, going_out }: NonNullable<Bulk["undone"]>,
): string {
  const parts = [
    targets > 0 && `${count(targets, "post")} stopped`,
    videos > 0 && `${count(videos, "video")} not planned any more`,
    published > 0 && `${published} had gone out already`,
    going_out > 0 && `${going_out} on the way right now`,
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
}

const timesOf = ({ platforms }: BulkSummary, pick: "first_at" | "last_at"): number[] =>
  platforms.flatMap((platform) => platform[pick] ? [Date.parse(platform[pick])] : []);

const firstTime = (bulk: BulkSummary): Date => new Date(Math.min(...timesOf(bulk, "first_at")));

function lastTime(bulk: BulkSummary): Date | null {
  const times = timesOf(bulk, "last_at");
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}
