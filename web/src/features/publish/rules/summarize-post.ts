import { formatTime } from "../../../lib/format-time.ts";
import { count } from "../../../lib/count.ts";
import type { TargetTone } from "./describe-target.ts";
import type { PostTarget } from "./post-target.ts";

/** How a post stands as a whole. */
export interface PostSummary {
  label: string;
  tone: TargetTone;
  /** More than the label says; empty where there is nothing to add. */
  sentence: string;
}

const NEEDS_USER = ["failed", "needs_reauth", "needs_conversion"];

/** True for what goes on only when its user does something. */
export const needsUser = ({ status, retry_at }: Pick<PostTarget, "status" | "retry_at">): boolean =>
  NEEDS_USER.includes(status) || (status === "unknown" && retry_at === null);

/** A post in a few words, over all its accounts. */
export function summarizePost(
  targets: readonly PostTarget[],
  timeZone: string,
  now: Date = new Date(),
): PostSummary {
  const live = targets.filter(({ status }) => status !== "canceled");
  const of = (status: PostTarget["status"]) => live.filter((target) => target.status === status);
  const published = of("published").length;
  const waiting = live.filter(needsUser).length;
  const planned = of("scheduled").filter(({ scheduled_for }) => new Date(scheduled_for) > now);
  const done = published > 0 && published < live.length
    ? `${published} of ${count(live.length, "account")} published.`
    : "";
  if (live.length === 0) {
    return { label: "Canceled", tone: "neutral", sentence: "Nothing of it was posted." };
  }
  if (of("draft").length === live.length) {
    return { label: "Draft", tone: "neutral", sentence: "Not sent anywhere yet." };
  }
  if (waiting > 0) {
    const rest = `${count(waiting, "account")} ${waiting === 1 ? "needs" : "need"} you.`;
    const isLost = of("failed").length === live.length;
    return {
      label: isLost ? "Not published" : "Needs you",
      tone: isLost ? "danger" : "warning",
      sentence: [done, rest].filter(Boolean).join(" "),
    };
  }
  if (published === live.length) {
    const sentence = live.length > 2
      ? `On all ${live.length} accounts.`
      : live.length === 2
      ? "On both accounts."
      : "";
    return { label: "Published", tone: "success", sentence };
  }
  const next = planned.map(({ scheduled_for }) => scheduled_for).toSorted(byTime)[0];
  const isAllPlanned = planned.length + published === live.length;
  if (next && isAllPlanned) {
    const when = formatTime(new Date(next), timeZone, now);
    const times = new Set(planned.map(({ scheduled_for }) => Date.parse(scheduled_for)));
    const words = times.size > 1 ? `The first goes out ${when}.` : `Goes out ${when}.`;
    return { label: "Scheduled", tone: "info", sentence: [done, words].filter(Boolean).join(" ") };
  }
  return { label: "Under way", tone: "info", sentence: done };
}

const byTime = (one: string, other: string) => Date.parse(one) - Date.parse(other);
