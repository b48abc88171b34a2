import { knownTimeZone } from "../../_shared/core/known-time-zone.ts";
import type { MailPost } from "../../_shared/db/mail-outbox.ts";
import type { MailBlock, MailPlace, MailTone } from "./mail-block.ts";

const NAMES: Readonly<Record<string, string>> = {
  youtube: "YouTube",
  instagram: "Instagram",
  tiktok: "TikTok",
  facebook: "Facebook",
};

/** What the statuses mean to a reader; any other is on its way. */
const STATES: Readonly<Record<string, readonly [words: string, tone: MailTone]>> = {
  published: ["Published", "good"],
  failed: ["Not published", "bad"],
  needs_reauth: ["Waits until you connect the account again", "bad"],
  needs_conversion: ["Waits for a file that fits", "bad"],
  unknown: ["Look whether it is there", "bad"],
  quota_wait: ["Waits until the platform takes more", "calm"],
  draft: ["Draft", "calm"],
};

const QUOTE_LENGTH = 120;

/** A post with all its platforms: where it is, where it is not, and what to do about that. */
export function describeMailedPost(post: MailPost, webUrl: string, timeZone: string): MailBlock {
  const places = post.targets.map((target) => toPlace(target, timeZone));
  const named = (tone: MailTone) => [
    ...new Set(
      post.targets.filter((_, index) => places[index]!.tone === tone).map(({ platform }) => nameOf(platform)),
    ),
  ];
  const [good, bad] = [named("good"), named("bad")];
  const isOnlyFailed = post.targets.every(({ status }) => status === "failed" || !isBad(status));
  return {
    tone: bad.length > 0 ? "bad" : good.length > 0 ? "good" : "calm",
    title: toTitle(good, bad, isOnlyFailed),
    quote: shorten(post.caption),
    text: null,
    places,
    link: { href: `${webUrl}/posts/${post.id}`, label: bad.length > 0 ? "See what to do" : "Open the post" },
  };
}

/** Names as a sentence lists them. */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function toTitle(good: readonly string[], bad: readonly string[], isOnlyFailed: boolean): string {
  if (bad.length === 0) return good.length > 0 ? `Published on ${joinNames(good)}` : "Your post waits";
  if (good.length > 0) return `Published on ${joinNames(good)}, not on ${joinNames(bad)}`;
  return isOnlyFailed ? `Not published on ${joinNames(bad)}` : `Your post needs you: ${joinNames(bad)}`;
}

function toPlace(target: MailPost["targets"][number], timeZone: string): MailPlace {
  const [words, tone] = target.status === "scheduled"
    ? [`Scheduled for ${formatTime(target.scheduled_for, timeZone)}`, "calm"] as const
    : STATES[target.status] ?? ["On its way", "calm"];
  const name = nameOf(target.platform);
  return {
    name: target.account_name ? `${name} · ${target.account_name}` : name,
    state: words,
    tone,
    text: target.message,
    url: target.url,
  };
}

const isBad = (status: string) => STATES[status]?.[1] === "bad";
const nameOf = (platform: string) => NAMES[platform] ?? platform;

function formatTime(iso: string, zone: string): string {
  const timeZone = knownTimeZone(zone);
  const style = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" } as const;
  return `${new Intl.DateTimeFormat("en-GB", { ...style, timeZone }).format(new Date(iso))} (${timeZone})`;
}

function shorten(caption: string): string | null {
  const line = caption.replace(/\s+/g, " ").trim();
  if (line === "") return null;
  const signs = [...line];
  return signs.length <= QUOTE_LENGTH ? line : `${signs.slice(0, QUOTE_LENGTH - 1).join("").trimEnd()}…`;
}
