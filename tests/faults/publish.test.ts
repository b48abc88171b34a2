import assert from "node:assert/strict";
import { planPublishing } from "./publish/plan-publishing.ts";
import { PublishRig } from "./publish/publish-rig.ts";
import { runPublishing } from "./publish/run-publishing.ts";

const BASE_PORT = 30_100;
const TARGETS = 50;
const KILLS = 30;
const SEED = 20_261_121;

Deno.test("posts under faults go out once each, and none is lost or stuck", async (t) => {
  const rig = await PublishRig.open(BASE_PORT);
  try {
    const { kills, problems, ...counts } = await runPublishing(
      rig,
      planPublishing(TARGETS, KILLS, SEED),
      SEED,
    );
    const { published, duplicates, lost, stuck } = counts;
    // The title is what the run shows, so it carries the figures.
    await t.step(
      `${kills} kills: ${published} published, ${duplicates} duplicates, ${lost} lost, ${stuck} stuck`,
      () => {
        assert.deepEqual(problems, []);
        assert.deepEqual(counts, { targets: TARGETS, published: TARGETS, duplicates: 0, lost: 0, stuck: 0 });
        assert.ok(kills >= KILLS);
      },
    );
  } finally {
    await rig.close();
  }
});
