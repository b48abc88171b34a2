import type { Kit } from "../kit/provider.ts";
import { rateExceeded } from "./tiktok-failure.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3600 * 1000;

/** Calls a minute of one access token, by what is called (rule: Content Posting API and Display API, rate limits). */
const LIMITS = {
  inits_per_minute: 6,
  creator_calls_per_minute: 20,
  status_calls_per_minute: 30,
  display_calls_per_minute: 600,
} as const;

export type CallKind = keyof typeof LIMITS;

export interface CallSnapshot {
  posts: [string, number[]][];
}

/** Counts calls of tokens in a sliding minute, and posts of accounts in a sliding day. */
export class CallMeter {
  #kit: Kit;
  #calls = new Map<string, number[]>();
  #posts = new Map<string, number[]>();
  #revision = 0;

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  /** Counts a call of a token. Throws 429 above the minute's limit; a refused call does not count. */
  count(kind: CallKind, token: string): void {
    const now = this.#kit.now();
    const key = `${kind} ${token}`;
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > now - MINUTE_MS);
    if (recent.length >= this.#kit.settings.get("tiktok", kind, LIMITS[kind])) throw rateExceeded();
    this.#calls.set(key, [...recent, now]);
  }

  /** Posts of an account in the last 24 hours; setting `publishes_per_day` starts the count anew. */
  postsToday(account: string): number {
    const revision = this.#kit.settings.revisionOf("tiktok", "publishes_per_day");
    if (revision !== this.#revision) this.#posts.clear();
    this.#revision = revision;
    const since = this.#kit.now() - DAY_MS;
    return (this.#posts.get(account) ?? []).filter((at) => at > since).length;
  }

  /** Accounts that posted in the last 24 hours. */
  activeAccounts(): string[] {
    return [...this.#posts.keys()].filter((account) => this.postsToday(account) > 0);
  }

  addPost(account: string): void {
    this.#posts.set(account, [...(this.#posts.get(account) ?? []), this.#kit.now()]);
    this.#kit.touch();
  }

  clear(): void {
    this.#calls.clear();
    this.#posts.clear();
    this.#revision = 0;
  }

  snapshot(): CallSnapshot {
    return { posts: [...this.#posts] };
  }

  restore(saved: CallSnapshot): void {
    for (const [account, times] of saved.posts) this.#posts.set(account, times);
  }
}
