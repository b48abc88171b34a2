import type { Kit } from "../../kit/provider.ts";
import type { SignIn } from "../grants.ts";
import { readSwitch } from "../read-switch.ts";
import type { ReelStore } from "./reel-store.ts";

export const QUOTA_SECONDS = 24 * 3600;
const PER_DAY = 50;

/** How many Reels an account may publish in any 24 hours. Setting the allowance starts the count anew. */
export class PublishQuota {
  #kit: Kit;
  #reels: ReelStore;
  #revision = 0;
  #countedSince = 0;

  constructor(kit: Kit, reels: ReelStore) {
    this.#kit = kit;
    this.#reels = reels;
  }

  total(host: SignIn): number {
    return readSwitch(this.#kit, host, "publishes_per_day") ?? PER_DAY;
  }

  /** Reels of the account published in the last 24 hours and after `since` (ms since 1970). */
  used(instagramId: string, since = 0): number {
    this.#noticeNewSetting();
    const windowStart = this.#kit.now() - QUOTA_SECONDS * 1000;
    return this.#reels.countMedia(instagramId, Math.max(windowStart, this.#countedSince, since));
  }

  #noticeNewSetting(): void {
    const { settings } = this.#kit;
    const revision = Math.max(
      settings.revisionOf("meta", "publishes_per_day"),
      settings.revisionOf("instagram", "publishes_per_day"),
    );
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#countedSince = revision === 0 ? 0 : this.#kit.now() - 1;
  }
}
