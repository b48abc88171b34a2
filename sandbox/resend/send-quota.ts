import type { Kit } from "../kit/provider.ts";
import { ResendFailure } from "./resend-failure.ts";

const PERIODS = [
  { setting: "mails_per_day", name: "daily_quota_exceeded", word: "daily", length: "2026-11-21".length },
  { setting: "mails_per_month", name: "monthly_quota_exceeded", word: "monthly", length: "2026-11".length },
] as const;

/** How many recipients the team has written to, by day and month in UTC. Setting an allowance starts its count anew. */
export class SendQuota {
  #kit: Kit;
  #counts = new Map<string, { period: string; revision: number; used: number }>();

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  /** Counts recipients. Throws 429 when the day or the month does not hold them; then nothing is counted. */
  spend(recipients: number): void {
    const counts = PERIODS.map((period) => ({ ...period, count: this.#countOf(period) }));
    for (const { setting, name, word, count } of counts) {
      if (count.used + recipients <= this.#kit.settings.get("resend", setting, Infinity)) continue;
      throw new ResendFailure(429, name, `You have reached your ${word} email quota.`);
    }
    for (const { count } of counts) count.used += recipients;
  }

  #countOf({ setting, length }: (typeof PERIODS)[number]) {
    const period = new Date(this.#kit.now()).toISOString().slice(0, length);
    const revision = this.#kit.settings.revisionOf("resend", setting);
    const known = this.#counts.get(setting);
    if (known?.period === period && known.revision === revision) return known;
    const fresh = { period, revision, used: 0 };
    this.#counts.set(setting, fresh);
    return fresh;
  }
}
