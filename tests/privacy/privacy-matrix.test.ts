import assert from "node:assert/strict";
import { tryEngineColumns } from "./matrix/try-engine-columns.ts";
import { tryTable } from "./matrix/try-tables.ts";
import { type Bucket, tryBucket, tryBucketAdministration } from "./matrix/try-bucket.ts";
import { tryHiddenSchemas } from "./matrix/try-hidden-schemas.ts";
import { tryLeakyTables } from "./matrix/try-leaky-tables.ts";
import { tryRoutes } from "./matrix/try-routes.ts";
import { tryRoutine } from "./matrix/try-routines.ts";
import { listIntruders } from "./support/callers.ts";
import { listRelations, listRoutines } from "./support/catalog.ts";
import { createTally } from "./support/tally.ts";
import { createWorld } from "./support/world.ts";

Deno.test("privacy matrix", async (t) => {
  await using world = await createWorld(28000);
  const intruders = await listIntruders(world);
  const tally = createTally(world);

  for (const relation of await listRelations(world.sql, "public")) {
    await t.step(
      `${relation.name}: only its user reaches a row`,
      () => tryTable(world, relation, intruders, tally),
    );
    await t.step(
      `${relation.name}: its user writes no engine column`,
      () => tryEngineColumns(world, relation, tally),
    );
  }

  for (const routine of await listRoutines(world.sql, "public")) {
    await t.step(
      `${routine.name}: serves only whom it is for`,
      () => tryRoutine(world, routine, intruders, tally),
    );
  }

  await t.step("other schemas are out of reach", () => tryHiddenSchemas(world, intruders, tally));

  const buckets = await world.sql<
    Bucket[]
  >`select id, public, allowed_mime_types from storage.buckets order by id`;
  assert.ok(buckets.length > 0);
  for (const bucket of buckets) {
    await t.step(
      `bucket ${bucket.id}: objects are their user's`,
      () => tryBucket(world, bucket, intruders, tally),
    );
    await t.step(
      `bucket ${bucket.id}: users do not administer it`,
      () => tryBucketAdministration(world, bucket, intruders, tally),
    );
  }

  // Last: the owner's own calls remove things.
  await t.step("routes of functions serve their user alone", () => tryRoutes(world, intruders, tally));

  await t.step("a careless new table is reported", () => tryLeakyTables(world, intruders));

  await t.step("counts its cases", () => {
    console.log(JSON.stringify({ suite: "privacy-matrix", cases: tally.total(), ...tally.byRoom() }));
    assert.ok(tally.total() > 2000);
  });
});
