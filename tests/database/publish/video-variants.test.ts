import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addPublisher, type Publisher } from "./support.ts";

const database = await openDatabase();
const admin = database.sql;
const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 10 });
await admin`update private.settings set value = '[1, 2]' where key = 'publish.conversion_delays_seconds'`;
Deno.test.afterAll(async () => await database[Symbol.asyncDispose]());

interface Claim {
  variant_id: string;
  status: string;
  job_id: string | null;
  job_number: number;
  is_job_overdue: boolean;
  stored_bytes: string;
  wait_seconds: number | null;
  lease_token: string | null;
}

async function claim(by: Publisher, recipe = "a"): Promise<Claim> {
  const [row] = await sql<Claim[]>`
    select * from public.claim_video_variant(${by.userId}, ${by.videoId}, 'file', ${recipe}, 60)`;
  return row!;
}

async function save(of: Claim, status: string, more: { job?: string; size?: number; stored?: number } = {}) {
  const { job = null, size = null, stored = 0 } = more;
  const [row] = await sql`
    select public.save_video_variant(
      ${of.variant_id}, ${of.lease_token}, ${status}, ${job}, ${size}, ${stored}, null, null, true
    ) as is_saved`;
  return row!.is_saved as boolean;
}

async function fail(of: Claim, isFinal = false, isJobGone = true) {
  const [row] = await sql`
    select public.fail_variant_try(
      ${of.variant_id}, ${of.lease_token}, 'no', 'It did not work.', ${isJobGone}, ${isFinal}
    ) as pause`;
  return row!.pause as number | null;
}

Deno.test("Variants: of many claimers at once one gets the right", async () => {
  const publisher = await addPublisher(admin);
  const claims = await Promise.all(Array.from({ length: 8 }, () => claim(publisher)));
  assert.equal(new Set(claims.map(({ variant_id }) => variant_id)).size, 1);
  assert.equal(claims.filter(({ lease_token }) => lease_token !== null).length, 1);
  const [row] = await admin`select object_path from private.variant_works where variant_id = ${
    claims[0]!.variant_id
  }`;
  assert.equal(row!.object_path, `${publisher.userId}/${claims[0]!.variant_id}.mp4`);
});

Deno.test("Variants: a worker that died gives its right back, and what it knew stays", async () => {
  const publisher = await addPublisher(admin);
  const first = await claim(publisher);
  assert.ok(await save(first, "converting", { job: "j1" }));
  const second = await claim(publisher);
  await admin`update private.variant_works set lease_until = now() - interval '1 second'
    where variant_id = ${second.variant_id}`;
  const third = await claim(publisher);
  assert.deepEqual([third.job_id, third.status], ["j1", "converting"]);
  assert.ok(third.lease_token);
  assert.equal(await save(second, "ready", { size: 5, stored: 5 }), false);
  assert.equal(await fail(second), -1);
});

Deno.test("Variants: tries pause, then fail, and begin anew when somebody asks later", async () => {
  const publisher = await addPublisher(admin);
  const due = () => admin`update private.variant_works set retry_at = now() - interval '1 second'`;
  assert.equal(await fail(await claim(publisher)), 1);
  const waiting = await claim(publisher);
  assert.equal(waiting.lease_token, null);
  assert.ok(waiting.wait_seconds! > 0);
  await due();
  assert.equal(await fail(await claim(publisher)), 2);
  await due();
  const last = await claim(publisher);
  assert.equal(last.job_number, 3);
  assert.equal(await fail(last), null);
  const failed = await claim(publisher);
  assert.deepEqual([failed.status, failed.lease_token], ["failed", null]);
  await admin`update private.variant_works set failed_at = now() - interval '2 minutes'`;
  const again = await claim(publisher);
  assert.deepEqual([again.status, again.job_number], ["waiting", 5]);
  assert.ok(again.lease_token);
});

Deno.test("Variants: a final failure has no second try, progress gives all tries back", async () => {
  const publisher = await addPublisher(admin);
  assert.equal(await fail(await claim(publisher, "final"), true), null);
  const due = () => admin`update private.variant_works set retry_at = null where failed_at is null`;
  assert.equal(await fail(await claim(publisher, "progress"), false, false), 1);
  await due();
  await save(await claim(publisher, "progress"), "converting", { job: "j" });
  assert.equal(await fail(await claim(publisher, "progress")), 1);
});

Deno.test("Variants: a lost job leaves nothing of its bytes", async () => {
  const publisher = await addPublisher(admin);
  await save(await claim(publisher), "storing", { job: "j", size: 10, stored: 6 });
  assert.equal(Number((await claim(publisher, "a")).stored_bytes), 6);
  const [held] = await admin<Claim[]>`
    select work.variant_id, work.lease_token from private.variant_works as work
    join public.video_variants as variant on variant.id = work.variant_id
    where variant.user_id = ${publisher.userId}`;
  await fail(held!);
  await admin`update private.variant_works set retry_at = null`;
  const next = await claim(publisher);
  assert.deepEqual([Number(next.stored_bytes), next.job_id, next.status], [0, null, "waiting"]);
});

Deno.test("Variants: a job that takes too long is overdue", async () => {
  const publisher = await addPublisher(admin);
  await save(await claim(publisher), "converting", { job: "slow" });
  await admin`update private.variant_works set job_began_at = now() - interval '7 hours' where job_id = 'slow'`;
  assert.equal((await claim(publisher)).is_job_overdue, true);
});

Deno.test("Variants: nobody gets one that is being removed, and a removed video leaves its object to be removed", async () => {
  const publisher = await addPublisher(admin);
  const held = await claim(publisher);
  await save(held, "ready", { job: "j", size: 5, stored: 5 });
  await admin`update public.video_variants set created_at = now() - interval '8 days' where id = ${held.variant_id}`;
  const taken = await sql`select object_path from public.take_spent_variants(10)`;
  assert.deepEqual(taken.map(({ object_path }) => object_path), [
    `${publisher.userId}/${held.variant_id}.mp4`,
  ]);
  const during = await claim(publisher);
  assert.deepEqual([during.status, during.lease_token], ["waiting", null]);
  await sql`select public.forget_spent_variant(${taken[0]!.object_path})`;
  const after = await claim(publisher);
  assert.notEqual(after.variant_id, held.variant_id);

  await admin`delete from public.product_videos where id = ${publisher.videoId}`;
  const [dropped] = await admin`select object_path from private.dropped_variants`;
  assert.equal(dropped!.object_path, `${publisher.userId}/${after.variant_id}.mp4`);
});
