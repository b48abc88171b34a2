import assert from "node:assert/strict";
import { planPublishing } from "./publish/plan-publishing.ts";
import { PublishRig } from "./publish/publish-rig.ts";
import { runPublishing } from "./publish/run-publishing.ts";

const BASE_PORT = 30_100;
const TARGETS = 50;
const KILLS = 30;
const SEED = 20_261_121;
const ROUTES = [
  "facebook/facebook_login",
  "instagram/facebook_login",
  "instagram/instagram_login",
  "tiktok/blotato",
  "tiktok/tiktok",
  "youtube/google",
];

Deno.test("posts under faults go out once each, and none is lost or stuck", async (t) => {
  const rig = await PublishRig.open(BASE_PORT);
  try {
    const { kills, problems, routes, ...counts } = await runPublishing(
      rig,
      planPublishing(TARGETS, KILLS, SEED),
      SEED,
    );
    const { published, duplicates, lost, stuck } = counts;
    const calls = await rig.control<{ route: string }[]>("GET", "requests?service=meta");
    const pushed = calls.filter(({ route }) => route.startsWith("/ig-api-upload/")).length;
    // The title is what the run shows, so it carries the figures.
    await t.step(
      `${kills} kills: ${published} published, ${duplicates} duplicates, ${lost} lost, ${stuck} stuck`,
      () => {
        assert.deepEqual(problems, []);
        assert.deepEqual(counts, { targets: TARGETS, published: TARGETS, duplicates: 0, lost: 0, stuck: 0 });
        assert.ok(kills >= KILLS);
        // Every way to a platform was taken, and left somebody in doubt.
        assert.deepEqual(routes.map(({ route }) => route), ROUTES);
        assert.deepEqual(routes.filter(({ published, openCalls }) => published * openCalls === 0), []);
        assert.ok(pushed > 0, "no video was pushed to Instagram");
      },
    );
  } finally {
    await rig.close();
  }
});
