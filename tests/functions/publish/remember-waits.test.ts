import assert from "node:assert/strict";
import type { PublishJob } from "../../../supabase/functions/_shared/db/publish-jobs.ts";
import type { PublishDeps } from "../../../supabase/functions/publish/services/deps.ts";
import { rememberWaits } from "../../../supabase/functions/publish/services/remember-waits.ts";

const job = {} as PublishJob;

/** What a worker remembers after its jobs advanced with these waits. */
async function soonestOf(waits: readonly (number | undefined)[], isAdvanced = true): Promise<number | null> {
  const advance = () => Promise.resolve(isAdvanced);
  const { deps, soonestSeconds } = rememberWaits({ jobs: { advance } } as unknown as PublishDeps);
  for (const waitSeconds of waits) {
    assert.equal(await deps.jobs.advance(job, { step: "poll", checkpoint: {}, waitSeconds }), isAdvanced);
  }
  return soonestSeconds();
}

Deno.test("A worker remembers the soonest of its jobs that are due again within moments", async () => {
  assert.equal(await soonestOf([5, 2, 60]), 2);
  assert.equal(await soonestOf([60, 3600]), null);
});

Deno.test("A worker forgets jobs that wait for nothing, and those it has lost", async () => {
  assert.equal(await soonestOf([0, undefined]), null);
  assert.equal(await soonestOf([2], false), null);
});
