import type { TargetStatus } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { formatTime } from "../../../lib/format-time.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import type { PostTarget } from "./post-target.ts";

export type TargetTone = "neutral" | "info" | "success" | "warning" | "danger";

/** What its user can do about a target. */
export type TargetAction =
  | "open"
  | "reconnect"
  | "retry"
  | "convert"
  | "edit"
  | "decide"
  | "now"
  | "cancel"
  | "dismiss";

export interface TargetDescription {
  /** A word or two, for the badge. */
  label: string;
  tone: TargetTone;
  /** What happens, and what comes next. */
  sentence: string;
  actions: readonly TargetAction[];
}

interface Words {
  place: string;
  time: string;
  /** When it goes on by itself, as the end of a sentence. */
  again: string;
  reason: string;
  /** Stable code of the reason. */
  code: string;
  isAsked: boolean;
  isDue: boolean;
}

type Describe = (words: Words) => TargetDescription;

const DESCRIPTIONS: Record<TargetStatus, Describe> = {
  draft: ({ time, isDue }) => ({
    label: "Draft",
    tone: "neutral",
    sentence: isDue ? "Goes out once you publish it." : `Meant for ${time}, once you schedule it.`,
    actions: [],
  }),
  scheduled: ({ place, time, isDue }) => ({
    label: isDue ? "Starting" : "Scheduled",
    tone: "info",
    sentence: isDue ? `It goes to ${place} in a moment.` : `Goes out ${time}.`,
    actions: isDue ? ["cancel"] : ["now", "cancel"],
  }),
  preparing: ({ place }) => ({
    label: "Preparing",
    tone: "info",
    sentence: `${place} is told what is coming.`,
    actions: ["cancel"],
  }),
  uploading: ({ place }) => ({
    label: "Uploading",
    tone: "info",
    sentence: `The video is on its way to ${place}. You can close this page.`,
    actions: ["cancel"],
  }),
  processing: ({ place }) => ({
    label: "Processing",
    tone: "info",
    sentence: `${place} works on the video, which takes a minute or two.`,
    actions: ["cancel"],
  }),
  ready: ({ time, isDue }) => ({
    label: "Ready",
    tone: "info",
    sentence: `Everything is prepared. It goes out ${time}.`,
    actions: isDue ? ["cancel"] : ["now", "cancel"],
  }),
  publishing: ({ place }) => ({
    label: "Going out",
    tone: "info",
    // TikTok takes longer than the others, and wants it said.
    sentence: place === "TikTok"
      ? "TikTok works on it. It can take a few minutes until the video shows on your profile."
      : `${place} is making it public right now.`,
    actions: [],
  }),
  // A reason here is what to know of it all the same, such as that the platform made it private.
  published: ({ place, reason }) => ({
    label: "Published",
    tone: reason ? "warning" : "success",
    sentence: reason || `It is on ${place}.`,
    actions: ["open"],
  }),
  retry_wait: ({ place, reason, again }) => ({
    label: "Trying again",
    tone: "warning",
    sentence: `${reason || `${place} did not answer as it should.`} Cliprelay tries again ${again}.`,
    actions: ["retry", "cancel"],
  }),
  quota_wait: ({ place, again }) => ({
    label: "Waiting",
    tone: "warning",
    sentence: `${place} takes no more posts for now. It goes on by itself ${again}.`,
    actions: ["cancel"],
  }),
  needs_reauth: ({ place, code }) => {
    const service = code === "onedrive_reauth_required" ? "OneDrive" : place;
    return {
      label: "Reconnect",
      tone: "danger",
      sentence:
        `${service} wants you to sign in again. Reconnect the account, and the post goes on by itself.`,
      actions: ["reconnect", "cancel"],
    };
  },
  needs_conversion: ({ place, reason }) => ({
    label: "Wrong format",
    tone: "danger",
    sentence: reason ||
      `${place} does not take this kind of file. Convert it, and the post goes on by itself.`,
    actions: ["convert", "cancel"],
  }),
  unknown: ({ place, isAsked }) => ({
    label: "Not certain",
    tone: "warning",
    sentence: isAsked
      ? `The answer of ${place} got lost. Cliprelay is asking whether the post is there.`
      : `Nobody can prove whether ${place} has the post. Look there, then say what you see.`,
    actions: ["decide"],
  }),
  failed: ({ place, reason, code }) => ({
    label: "Failed",
    tone: "danger",
    sentence: reason || `${place} did not take the post. Try again, or publish another version.`,
    actions: code === "platform_refused_text" ? ["edit", "dismiss"] : ["retry", "edit", "dismiss"],
  }),
  canceled: () => ({
    label: "Canceled",
    tone: "neutral",
    sentence: "Nothing was posted.",
    actions: [],
  }),
};

/** How a post stands on one account, in words for its user. */
export function describeTarget(
  target: PostTarget,
  timeZone: string,
  now: Date = new Date(),
): TargetDescription {
  const due = new Date(target.scheduled_for);
  const again = target.retry_at ? new Date(target.retry_at) : null;
  return DESCRIPTIONS[target.status]({
    place: PLATFORM_NAMES[target.platform],
    time: due <= now ? "in a moment" : formatTime(due, timeZone, now),
    again: again && again > now ? formatTime(again, timeZone, now) : "in a moment",
    reason: reasonOf(target).replace(/^The platform\b/, PLATFORM_NAMES[target.platform]),
    code: target.error?.code ?? "",
    isAsked: target.retry_at !== null,
    isDue: due <= now,
  });
}

/** What is said of a target, without a promise that its status makes better: when, or not any more. */
function reasonOf({ status, error, notice }: PostTarget): string {
  const said = (error ?? notice)?.message ?? "";
  const reason = said.replace(/ We try again by ourselves\.$/, "");
  return status === "failed" && reason !== said
    ? `${reason} We tried several times; it is your turn.`
    : reason;
}
