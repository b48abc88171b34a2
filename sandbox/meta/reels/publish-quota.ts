import type { Kit } from "../../kit/provider.ts";
import type { SignIn } from "../grants.ts";
import { readSwitch } from "../read-switch.ts";

export const QUOTA_SECONDS = 24 * 3600;

/** What is counted, and which setting says how much of it is allowed. */
interface QuotaRule {
  setting: "publishes_per_day" | "reels_per_day";
  perDay: number;
  /** Reels of an account published after `since` (ms since 1970). */
  count(accountId: string, since: number): number;
}

/** How many Reels an account may publish in any 24 hours. Setting the allowance starts the count anew. */
export class PublishQuota {
  #kit: Kit;
  #rule: QuotaRule;
  #revision = 0;
  #countedSince = 0;

  constructor(kit: Kit, rule: QuotaRule) {
    this.#kit = kit;
    this.#rule = rule;
  }

  total(host: SignIn): number {
    return readSwitch(this.#kit, host, this.#rule.setting) ?? this.#rule.perDay;
  }

  /** Reels of the account published in the last 24 hours and after `since` (ms since 1970). */
  used(accountId: string, since = 0): number {
    this.#noticeNewSetting();
    const windowStart = this.#kit.now() - QUOTA_SECONDS * 1000;
    return this.#rule.count(accountId, Math.max(windowStart, this.#countedSince, since));
  }

  #noticeNewSetting(): void {
    const { settings } = this.#kit;
    const revision = Math.max(
      settings.revisionOf("meta", this.#rule.setting),
      settings.revisionOf("instagram", this.#rule.setting),
    );
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#countedSince = revision === 0 ? 0 : this.#kit.now() - 1;
  }
}
