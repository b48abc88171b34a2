import type { Kit } from "../kit/provider.ts";
import type { SettingName } from "../kit/settings.ts";
import { BlotatoFailure } from "./blotato-failure.ts";

const MINUTE_MS = 60_000;

/** Calls a user may make in a minute, by kind. */
const LIMITS = {
  posts: { setting: "posts_per_minute", perMinute: 30 },
  polls: { setting: "polls_per_minute", perMinute: 60 },
  lists: { setting: "lists_per_minute", perMinute: 60 },
  media: { setting: "media_per_minute", perMinute: 10 },
  uploads: { setting: "media_per_minute", perMinute: 120 },
} as const satisfies Record<string, { setting: SettingName; perMinute: number }>;

export type CallKind = keyof typeof LIMITS;

/** Counts the calls of each user and kind over the last minute. */
export class RateGate {
  #kit: Kit;
  #calls = new Map<string, number[]>();

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  /** Throws 429 for one call too many; like Blotato without a word of how long to wait. */
  take(user: string, kind: CallKind): void {
    const { setting, perMinute } = LIMITS[kind];
    const limit = this.#kit.settings.get("blotato", setting, perMinute);
    const now = this.#kit.now();
    const recent = (this.#calls.get(`${kind} ${user}`) ?? []).filter((at) => at > now - MINUTE_MS);
    if (recent.length >= limit) throw new BlotatoFailure(429, "Rate limit exceeded");
    this.#calls.set(`${kind} ${user}`, [...recent, now]);
  }

  clear(): void {
    this.#calls.clear();
  }
}
