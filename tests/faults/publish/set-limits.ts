import type { PublishRig } from "./publish-rig.ts";

const PAUSES = [1, 1, 2, 2, 3, 3, ...Array.from({ length: 40 }, () => 5)];

/** What an operator may set, set for a run: thousands of calls within minutes, and pauses of seconds. */
const SETTINGS = {
  "publish.retry_delays_seconds": PAUSES,
  "publish.reconcile_seconds": PAUSES,
  "publish.settle_seconds": { default: 4 },
  "publish.poll_seconds": { default: [1, 1, 2, 3] },
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
  await rig.control("POST", "settings", { service: "meta", ...platforms, reels_per_day: MANY });
  await rig.control("POST", "settings", { service: "instagram", ...platforms });
  await rig.control("POST", "settings", {
    service: "tiktok",
    publishes_per_day: MANY,
    inits_per_minute: MANY,
    creator_calls_per_minute: MANY,
    status_calls_per_minute: MANY,
    processing_ms: 200,
    moderation_ms: 200,
  });
  const calls = { posts_per_minute: MANY, polls_per_minute: MANY, lists_per_minute: MANY };
  await rig.control("POST", "settings", { service: "blotato", processing_ms: 200, ...calls });
}

/** How videos come to Instagram accounts behind a Page from now on; a post that has its container keeps its way. */
export async function setInstagramUpload(rig: PublishRig, way: "push" | "pull"): Promise<void> {
  await rig.query((sql) =>
    sql`update private.settings set value = ${sql.json(way)} where key = 'publish.instagram_upload'`
  );
}
