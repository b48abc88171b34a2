import assert from "node:assert/strict";
import { planQuickUploads } from "./plan-uploads.ts";
import { FaultRig } from "./support/fault-rig.ts";
import { runPlan } from "./support/run-plan.ts";

const BASE_PORT = 31_950;
const SEED = 20_261_121;

Deno.test("uploads under faults end whole or in a clear refusal, and leave nothing behind", async (t) => {
  const plan = planQuickUploads(SEED);
  const rig = await FaultRig.open(BASE_PORT);
  try {
    const { uploads, whole, refused, orphans, stuck, failed } = await runPlan(rig, plan);
    // The title is what the run shows, so it carries the figures.
    await t.step(
      `${uploads} uploads: ${whole} whole, ${refused} refused, ${orphans} orphans, ${stuck} stuck`,
      () => {
        assert.deepEqual(failed, []);
        assert.deepEqual([uploads, whole + refused, orphans, stuck], [plan.length, plan.length, 0, 0]);
        assert.equal(refused, plan.filter(({ refusal }) => refusal).length);
      },
    );
  } finally {
    await rig.close();
  }
});
