import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addPublisher, createPost } from "./support.ts";

const JOBS = 130;

Deno.test("Pokes of the publish worker", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  await admin`update private.provider_budgets set max_count = 1000`;
  const publisher = await addPublisher(admin);
  for (let number = 0; number < JOBS; number++) await createPost(sql, publisher);

  /** How many workers are called when so many jobs of each lane are due. */
  async function countPokes(lane0: number, lane1: number): Promise<number> {
    await admin`update private.publish_jobs set work_at = null, step = 'prepare'`;
    await admin`
      update private.publish_jobs as job
      set work_at = now(), step = case when numbered.place <= ${lane0} then 'publish' else 'prepare' end
      from (select target_id, row_number() over () as place from private.publish_jobs) as numbered
      where numbered.target_id = job.target_id and numbered.place <= ${lane0 + lane1}`;
    const [row] = await admin<{ count: number }[]>`select private.poke_publish_workers() as count`;
    return row!.count;
  }

  await t.step("are none without work", async () => assert.equal(await countPokes(0, 0), 0));

  await t.step("are one for 25 due jobs, up to four", async () => {
    const cases: [due: number, workers: number][] = [[1, 1], [25, 1], [26, 2], [75, 3], [76, 4], [JOBS, 4]];
    for (const [due, workers] of cases) assert.equal(await countPokes(0, due), workers, String(due));
  });

  await t.step("are counted for each lane by itself", async () => {
    assert.equal(await countPokes(1, 0), 1);
    assert.equal(await countPokes(26, 1), 3);
  });

  await t.step("leave out what somebody works on and what is due later", async () => {
    await countPokes(0, 60);
    await sql`select * from public.claim_publish_jobs(1, 40, 60)`;
    const [claimed] = await admin`select private.poke_publish_workers() as count`;
    assert.equal(claimed!.count, 1);
    await admin`update private.publish_jobs set work_at = now() + interval '1 minute'`;
    const [later] = await admin`select private.poke_publish_workers() as count`;
    assert.equal(later!.count, 0);
  });
});
