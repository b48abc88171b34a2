import { eventually } from "../../support/eventually.ts";
import { countOpenTargets } from "./count-open-targets.ts";
import { HOLD_MS, type Moment, type PlannedKill } from "./plan-publishing.ts";
import type { PublishRig } from "./publish-rig.ts";

export const WORKER = "functions/publish";

/** A moment that does not come soon is not waited for: the worker dies at any other. */
const MOMENT_WITHIN_MS = 800;
/** Longer than a lease lasts, and than the last post is ahead. */
const WORK_WITHIN_MS = 120_000;
/** What the killed process had asked of the database is through by then, and its successor not yet up. */
const SETTLED_MS = 60;

interface Lease {
  readonly token: string;
  readonly isCalled: boolean;
}

/** Kills the process of the publish function, and knows whether it had work in its hands. */
export class WorkerKiller {
  readonly #rig: PublishRig;
  /** Leases of processes that are dead. */
  #abandoned = new Set<string>();

  constructor(rig: PublishRig) {
    this.#rig = rig;
  }

  /**
   * Waits for work, for the moment, and a little more; then kills. `struck`: targets were left under way; `missed`: the
   * work had just been done; `idle`: there was none.
   */
  async kill({ moment, delayMs }: PlannedKill): Promise<"struck" | "missed" | "idle"> {
    if (!await this.untilWorking(moment)) return "idle";
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const held = await this.#readLeases();
    if (!await this.#rig.signal(WORKER, "SIGKILL")) return "missed";
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    const rows = await this.#rig.query((sql) =>
      sql<
        { token: string }[]
      >`select lease_token as token from private.publish_jobs where lease_token is not null`
    );
    this.#abandoned = new Set(rows.map(({ token }) => token));
    return held.some(({ token }) => this.#abandoned.has(token)) ? "struck" : "missed";
  }

  /**
   * Waits until a living process works on something, and until `moment` or no longer than it is worth. False when all
   * targets that there are have ended.
   */
  async untilWorking(moment: Moment = { kind: "claimed" }): Promise<boolean> {
    const hasCome = await this.#expect(moment);
    const state = await eventually("work is under way", async () => {
      if ((await this.#readLeases()).length > 0) return "working";
      return await countOpenTargets(this.#rig) === 0 && "idle";
    }, WORK_WITHIN_MS);
    if (state === "idle") return false;
    await eventually(moment.kind, hasCome, MOMENT_WITHIN_MS).catch(() => {});
    return true;
  }

  async #expect(moment: Moment): Promise<() => Promise<boolean> | boolean> {
    if (moment.kind === "claimed") return () => true;
    if (moment.kind === "called") {
      return async () => (await this.#readLeases()).some(({ isCalled }) => isCalled);
    }
    const { service, method, path } = moment;
    const fault = { service, method, path, kind: "delay", value: HOLD_MS };
    const { id } = await this.#rig.control<{ id: number }>("POST", "faults", fault);
    return async () => {
      const faults = await this.#rig.control<{ id: number; fired: number }[]>(
        "GET",
        `faults?service=${service}`,
      );
      return faults.some((known) => known.id === id && known.fired > 0);
    };
  }

  /** Leases of the process that lives. */
  async #readLeases(): Promise<Lease[]> {
    const rows = await this.#rig.query((sql) =>
      sql<Lease[]>`
        select lease_token as token, called_at is not null and step = 'publish' as "isCalled"
        from private.publish_jobs where lease_token is not null and lease_until > now()`
    );
    return rows.filter(({ token }) => !this.#abandoned.has(token));
  }
}
