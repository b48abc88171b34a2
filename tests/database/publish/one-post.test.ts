import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addPublisher, claim, createPost, makeDue, makeReady, readTarget } from "./support.ts";

Deno.test("A post on its way from creation to the platform", async (t) => {
  await using database = await openDatabase();
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const admin = database.sql;
  const publisher = await addPublisher(admin);

  await t.step("goes through every step and leaves no job behind", async () => {
    const { targets: [target] } = await createPost(sql, publisher);
    assert.equal(target!.status, "scheduled");
    const [job] = await claim(sql, 1);
    assert.equal(job!.step, "prepare");
    assert.equal((await readTarget(admin, target!.id)).status, "preparing");
    await sql`select public.advance_publish_job(
      ${target!.id}, ${job!.lease_token}, ${job!.revision}, 'upload', '{"offset": 0}', 0, 'sealed', 'k1')`;
    assert.equal((await readTarget(admin, target!.id)).status, "uploading");
    const ready = await makeReady(admin, target!.id);
    assert.equal(ready.secret, "sealed");
    const [begun] = await sql`select public.begin_irreversible_call(
      ${target!.id}, ${ready.lease_token}, ${ready.revision}, '{"id": "x"}') as may`;
    assert.equal(begun!.may, true);
    assert.equal((await readTarget(admin, target!.id)).status, "publishing");
    await sql`select public.finish_publish_job(${
      target!.id
    }, ${ready.lease_token}, 'v1', 'https://example.org/v1')`;
    const done = await readTarget(admin, target!.id);
    assert.deepEqual([done.status, done.platform_post_id, done.step], ["published", "v1", null]);
  });

  await t.step("waits, once ready, until its time", async () => {
    const scheduledFor = new Date(Date.now() + 10 * 60_000);
    const { targets: [target] } = await createPost(sql, publisher, { scheduledFor });
    const [job] = await claim(sql, 1);
    assert.equal(job!.target_id, target!.id, "work begins before the time");
    await sql`select public.advance_publish_job(${target!.id}, ${job!.lease_token}, 1, 'publish', '{}')`;
    assert.deepEqual((await readTarget(admin, target!.id)).work_at, scheduledFor);
    assert.equal((await claim(sql, 0)).length, 0);
  });

  await t.step("is asked about, not repeated, when its worker dies after the call was begun", async () => {
    const { targets: [target] } = await createPost(sql, publisher);
    const ready = await makeReady(admin, target!.id);
    await sql`select public.begin_irreversible_call(${target!.id}, ${ready.lease_token}, 1, '{"id": "x"}')`;
    await makeDue(admin, target!.id);
    const [again] = await claim(sql, 0);
    assert.equal(again!.step, "reconcile");
    assert.deepEqual(again!.checkpoint, { id: "x" });
    assert.equal((await readTarget(admin, target!.id)).status, "unknown");
    const [late] = await sql`select public.finish_publish_job(${
      target!.id
    }, ${ready.lease_token}, 'v', 'u') as ok`;
    assert.equal(late!.ok, false, "the dead worker's write does not count");
  });

  await t.step("is worked on again when its worker dies before the call", async () => {
    const { targets: [target] } = await createPost(sql, publisher);
    const ready = await makeReady(admin, target!.id);
    await makeDue(admin, target!.id);
    const [again] = await claim(sql, 0);
    assert.deepEqual([again!.step, (await readTarget(admin, target!.id)).lost_leases], ["publish", 1]);
    const [late] = await sql`select public.begin_irreversible_call(
      ${target!.id}, ${ready.lease_token}, 1, '{}') as may`;
    assert.equal(late!.may, false);
  });
});
