import type { Kit } from "../kit/provider.ts";
import { GoogleFailure, invalidVideo } from "./google-failure.ts";
import { pacificDay } from "./pacific-day.ts";

const DAY_MS = 24 * 3600 * 1000;

/** The two daily allowances of a project: uploads, and units for everything else. */
const BUCKETS = {
  inserts: { setting: "inserts_per_day", usual: 100 },
  units: { setting: "units_per_day", usual: 10_000 },
} as const;

export type Bucket = keyof typeof BUCKETS;

export interface LedgerSnapshot {
  day: string;
  used: Record<Bucket, number>;
  /** Times of uploads begun in the last day, by channel. */
  uploads: [string, number[]][];
}

/** What the one project and each channel have used up. Setting an allowance starts its count anew. */
export class QuotaLedger {
  #kit: Kit;
  #day = "";
  #used: Record<Bucket, number> = { inserts: 0, units: 0 };
  #uploads = new Map<string, number[]>();
  #revisions = new Map<string, number>();

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  /** Takes `cost` out of a bucket. Throws 403 quotaExceeded when it does not hold that much today. */
  spend(bucket: Bucket, cost: number): void {
    const { setting, usual } = BUCKETS[bucket];
    const today = pacificDay(this.#kit.now());
    if (today !== this.#day) {
      this.#day = today;
      this.#used = { inserts: 0, units: 0 };
    }
    if (this.#isNewlySet(setting)) this.#used[bucket] = 0;
    if (this.#used[bucket] + cost > this.#kit.settings.get("google", setting, usual)) {
      const message = "The request cannot be completed because you have exceeded your quota.";
      throw new GoogleFailure(403, "quotaExceeded", message, { domain: "youtube.quota" });
    }
    this.#used[bucket] += cost;
    this.#kit.touch();
  }

  /** Counts an upload of a channel. Throws 400 uploadLimitExceeded when it had its share in the last 24 hours. */
  countUpload(channelId: string): void {
    if (this.#isNewlySet("uploads_per_channel")) this.#uploads.clear();
    const since = this.#kit.now() - DAY_MS;
    const recent = (this.#uploads.get(channelId) ?? []).filter((at) => at > since);
    if (recent.length >= this.#kit.settings.get("google", "uploads_per_channel", Infinity)) {
      throw invalidVideo(
        "uploadLimitExceeded",
        "The user has exceeded the number of videos they may upload.",
      );
    }
    this.#uploads.set(channelId, [...recent, this.#kit.now()]);
  }

  clear(): void {
    this.#day = "";
    this.#uploads.clear();
    this.#revisions.clear();
  }

  snapshot(): LedgerSnapshot {
    return { day: this.#day, used: { ...this.#used }, uploads: [...this.#uploads] };
  }

  restore(saved: LedgerSnapshot): void {
    this.#day = saved.day;
    this.#used = saved.used;
    for (const [channelId, times] of saved.uploads) this.#uploads.set(channelId, times);
  }

  #isNewlySet(setting: "inserts_per_day" | "units_per_day" | "uploads_per_channel"): boolean {
    const revision = this.#kit.settings.revisionOf("google", setting);
    const isNew = revision !== (this.#revisions.get(setting) ?? 0);
    this.#revisions.set(setting, revision);
    return isNew;
  }
}
