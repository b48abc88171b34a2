import assert from "node:assert/strict";
import { TASK_STATUSES } from "../../supabase/functions/_shared/contracts/tasks.ts";
import { asUser } from "./support/as-role.ts";
import { openDatabase } from "./support/database.ts";
import { addFamily, addUser, newAsin, readTask } from "./support/fixtures.ts";

const ALLOWED = ["pending>completed", "pending>skipped", "completed>pending", "skipped>pending"];

Deno.test("task status", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;

  for (const from of TASK_STATUSES) {
    for (const to of TASK_STATUSES.filter((status) => status !== from)) {
      const isAllowed = ALLOWED.includes(`${from}>${to}`);
      await t.step(`${isAllowed ? "moves" : "refuses to move"} from ${from} to ${to}`, async () => {
        const { userId, asin } = await addFamily(sql);
        const task = await readTask(sql, userId, asin);
        const move = (status: string) =>
          asUser(
            sql,
            userId,
            (tx) => tx`update public.influencer_tasks set status = ${status} where id = ${task.id}`,
          );
        if (from !== "pending") await move(from);
        if (isAllowed) await move(to);
        else await assert.rejects(move(to), { code: "PT422", detail: "task_status_move_not_allowed" });
        assert.equal((await readTask(sql, userId, asin)).status, isAllowed ? to : from);
      });
    }
  }

  await t.step("stamps completed_at while completed and only then", async () => {
    const { userId, asin } = await addFamily(sql);
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId} and asin = ${asin}`;
    assert.ok((await readTask(sql, userId, asin)).completed_at instanceof Date);
    await sql`update public.influencer_tasks set status = 'pending' where user_id = ${userId} and asin = ${asin}`;
    assert.equal((await readTask(sql, userId, asin)).completed_at, null);
  });

  await t.step("stamps completed_at on a row added as completed", async () => {
    const userId = await addUser(sql);
    const asin = newAsin();
    await sql`
      insert into public.influencer_tasks (user_id, marketplace, asin, search_asin, status)
      values (${userId}, 'US', ${asin}, ${asin}, 'completed')`;
    assert.ok((await readTask(sql, userId, asin)).completed_at instanceof Date);
  });

  await t.step("ends the lease when the task is finished", async () => {
    const { userId, asin } = await addFamily(sql);
    await sql`
      update public.influencer_tasks
      set lease_holder = 'laptop', lease_token = gen_random_uuid(), lease_until = now() + interval '5 minutes'
      where user_id = ${userId}`;
    await sql`update public.influencer_tasks set status = 'completed' where user_id = ${userId}`;
    const [task] = await sql`
      select lease_holder, lease_token, lease_until from public.influencer_tasks where user_id = ${userId} and asin = ${asin}`;
    assert.deepEqual({ ...task }, { lease_holder: null, lease_token: null, lease_until: null });
  });
});
