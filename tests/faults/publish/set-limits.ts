import type { PublishRig } from "./publish-rig.ts";

const PAUSES = [1, 1, 2, 2, 3, 3, ...Array.from({ length: 40 }, () => 5)];

/** What an operator may set, set for a run: thousands of calls within minutes, and pauses of seconds. */
const SETTINGS = {
  "publish.retry_delays_seconds": PAUSES,
  "publish.reconcile_seconds": PAUSES,
  "publish.settle_seconds": { default: 4 },
  // A worker that is killed every second says nothing about the post it works on.
  "publish.max_lost_leases": 1_000,
  "publish.max_doubts": 1_000,
};

const MANY = 1_000_000;

/** Raises every budget and limit, ours and the platforms', and lets the clock tick every second. */
export async function setLimits(rig: PublishRig): Promise<void> {
  await rig.query((sql) =>
    sql.begin(async (tx) => {
      for (const [key, value] of Object.entries(SETTINGS)) {
        await tx`update private.settings set value = ${tx.json(value)} where key = ${key}`;
      }
      await tx`update private.provider_budgets set max_count = ${MANY}`;
      await tx`select cron.schedule('publish-poke-workers', '1 second', 'select private.poke_publish_workers()')`;
    })
  );
  const platforms = { publishes_per_day: MANY, containers_per_day: MANY, processing_ms: 200 };
  await rig.control("POST", "settings", { service: "microsoft", processing_ms: 1 });
  await rig.control("POST", "settings", { service: "google", inserts_per_day: MANY, units_per_day: MANY });
  await rig.control("POST", "settings", { service: "meta", ...platforms });
  await rig.control("POST", "settings", { service: "instagram", ...platforms });
}
