import assert from "node:assert/strict";
import { openDatabase } from "../../support/database.ts";
import { addConnection, addPublisher, type Publisher } from "../support.ts";
import { Random } from "./random.ts";
import * as user from "./user-steps.ts";
import { claimJobs, workOn } from "./worker-steps.ts";
import { World } from "./world.ts";

const SEED = Number(Deno.env.get("MODEL_SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const STEPS = Number(Deno.env.get("MODEL_STEPS") ?? 2000);
const TARGETS = 40;
const WEIGHTS = {
  create: 3,
  claim: 14,
  work: 34,
  land: 4,
  time: 9,
  park: 2,
  start: 1,
  cancel: 1,
  retry: 3,
  decide: 3,
  edit: 4,
  reconnect: 2,
  expire: 1,
};
/** Where a step is of most interest. */
const WANTED: Partial<Record<keyof typeof WEIGHTS, readonly string[]>> = {
  start: ["draft"],
  cancel: ["publishing", "ready"],
  retry: ["failed", "needs_conversion", "quota_wait", "retry_wait", "unknown"],
  decide: ["unknown", "publishing"],
  edit: ["ready", "uploading", "processing", "preparing", "publishing"],
  reconnect: ["needs_reauth", "unknown"],
  expire: ["ready", "uploading", "processing", "preparing", "retry_wait", "quota_wait"],
};
/** What its user has to act on; everything else must have ended. */
const RESTS = ["draft", "published", "canceled", "failed", "needs_reauth", "needs_conversion", "unknown"];
const STATUSES = [
  ...RESTS,
  ...["scheduled", "preparing", "uploading", "processing", "ready", "publishing", "retry_wait", "quota_wait"],
];

Deno.test(`The engine does what its model does (MODEL_SEED=${SEED})`, async () => {
  await using database = await openDatabase();
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 3 });
  await database.sql`update private.provider_budgets set max_count = 1000000`;
  const publishers = [await addPublisher(database.sql), await addPublisher(database.sql)];
  const accounts = await Promise.all(publishers.map(async ({ userId, connectionId }) => [
    connectionId,
    await addConnection(database.sql, userId),
  ]));
  const world = new World(sql, database.sql, new Random(SEED));

  for (let step = 0; step < STEPS; step++) {
    const name = world.random.weighted(WEIGHTS);
    try {
      if (name === "create") await createSome(world, publishers, accounts);
      else await takeStep(world, name);
      await world.compare();
    } catch (error) {
      throw new Error(`Step ${step} (${name}) of MODEL_SEED=${SEED} MODEL_STEPS=${STEPS}`, { cause: error });
    }
  }

  await calmDown(world);
  const counts: Record<string, number> = {};
  for (const target of world.targets) {
    counts[target.status] = (counts[target.status] ?? 0) + 1;
    assert.ok(RESTS.includes(target.status), `${target.id} is stuck in ${target.status}`);
    if (target.status === "unknown") assert.equal(target.job!.workAt, null, "nobody asks any more");
    else {assert.equal(
        world.isThere(target),
        target.status === "published",
        `${target.id} is ${target.status}`,
      );}
  }
  assert.deepEqual([...await database.sql`select * from private.find_stuck_targets()`], []);
  assert.ok(counts.published! > 0);
  // A run that never got there proves nothing.
  for (const status of STATUSES) assert.ok(world.visited.has(status), `no target was ever ${status}`);
  console.log(`${world.targets.length} targets, ${world.posts.size} posts: ${JSON.stringify(counts)}`);
});

async function createSome(world: World, publishers: Publisher[], accounts: string[][]): Promise<void> {
  if (world.targets.filter(({ job }) => job).length >= TARGETS) return;
  const index = world.random.integer(publishers.length);
  const mine = accounts[index]!;
  await user.create(world, publishers[index]!, world.random.chance(0.4) ? mine : [world.random.pick(mine)]);
}

async function takeStep(world: World, name: Exclude<keyof typeof WEIGHTS, "create">): Promise<void> {
  const { random, targets, sessions, flights } = world;
  if (targets.length === 0) return;
  // Those that still move, mostly: most of what there is has ended long ago.
  const moving = targets.filter(({ job, status }) => job || status === "draft");
  const wanted = moving.filter(({ status }) => WANTED[name]?.includes(status));
  const target = random.pick(
    wanted.length > 0 && random.chance(0.8) ? wanted : moving.length > 0 ? moving : targets,
  );
  if (name === "claim") await claimJobs(world, random.integer(2), 1 + random.integer(4));
  else if (name === "work") { if (sessions.length > 0) await workOn(world, random.pick(sessions)); }
  else if (name === "land") { if (flights.length > 0) world.land(random.pick(flights).target); }
  else if (name === "time") {
    await world.passTime(random.pick([5.37, 20.37, 60.37, 130.37, 130.37, 600.37, 3600.37, 90_000.37]));
  } else if (name === "park") await user.parkLost(world);
  else if (name === "start") await user.startDraft(world, target);
  else if (name === "cancel") await user.cancel(world, target);
  else if (name === "retry") await user.retry(world, target);
  else if (name === "decide") await user.decide(world, target);
  else if (name === "edit") await user.edit(world, target);
  else if (name === "expire") await user.expire(world, target);
  else await user.reconnect(world, target);
}

/** Workers without trouble and time enough: what can end by itself does. */
async function calmDown(world: World): Promise<void> {
  world.sessions.length = 0;
  for (let round = 0; round < 60; round++) {
    await user.parkLost(world);
    for (const lane of [0, 1]) {
      while ((await claimJobs(world, lane, 20)).length > 0) {
        while (world.sessions.length > 0) await workOn(world, world.sessions[0]!, true);
      }
    }
    await world.compare();
    await world.passTime(round < 20 ? 600 : 20_000);
  }
}
