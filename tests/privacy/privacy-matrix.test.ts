import assert from "node:assert/strict";
import { tryAdministration } from "./matrix/try-administration.ts";
import { tryEngineColumns } from "./matrix/try-engine-columns.ts";
import { tryTable } from "./matrix/try-tables.ts";
import { type Bucket, tryBucket, tryBucketAdministration } from "./matrix/try-bucket.ts";
import { tryHiddenSchemas } from "./matrix/try-hidden-schemas.ts";
import { tryLeakyTables } from "./matrix/try-leaky-tables.ts";
import { tryResumable } from "./matrix/try-resumable.ts";
import { tryRoutes } from "./matrix/try-routes.ts";
import { tryRoutine } from "./matrix/try-routines.ts";
import { INTRUDER_KINDS, listIntruders } from "./support/callers.ts";
import { checkKinds, listRelations, listRoutines } from "./support/catalog.ts";
import { createTally } from "./support/tally.ts";
import { createWorld } from "./support/world.ts";

Deno.test("privacy matrix", async (t) => {
  await using world = await createWorld(28000);
  const everybody = await listIntruders(world);
  for (const kind of INTRUDER_KINDS) assert.ok(everybody.some((intruder) => intruder.kind === kind), kind);
  const intruders = everybody.filter(({ isForFunctionsAlone }) => !isForFunctionsAlone);
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

  await t.step("knows every kind of thing the Data API shows", () => checkKinds(world));

  for (const routine of await listRoutines(world.sql, "public")) {
    await t.step(
      `${routine.name}: serves only whom it is for`,
      () => tryRoutine(world, routine, intruders, tally),
    );
  }

  await t.step(
    "accounts are administered by operators alone",
    () => tryAdministration(world, intruders, tally),
  );

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
      `bucket ${bucket.id}: an upload in parts is its beginner's`,
      () => tryResumable(world, bucket, intruders, tally),
    );
    await t.step(
      `bucket ${bucket.id}: users do not administer it`,
      () => tryBucketAdministration(world, bucket, intruders, tally),
    );
  }

  await t.step("a careless new table is reported", () => tryLeakyTables(world, intruders));

  // Last: the owner's own calls remove things, in the end their account.
  await t.step("routes of functions serve their user alone", () => tryRoutes(world, everybody, tally));

  // In the title, because that is what a quiet run prints.
  const list = (counts: Record<string, number>) =>
    Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(", ");
  const { total, byRoom, byKind, pairs } = tally;
  const counted = `by room: ${list(byRoom())}; by caller: ${list(byKind())}`;
  await t.step(`${total()} cases refused (${counted}) and ${pairs()} pairs of answers alike`, () => {
    assert.ok(total() > 5000);
    assert.ok(pairs() > 1000);
    for (const kind of INTRUDER_KINDS) assert.ok((byKind()[kind] ?? 0) > 200, `${kind} tried little`);
  });
});
