import assert from "node:assert/strict";
import { asRole } from "./support/as-role.ts";
import { openDatabase } from "./support/database.ts";

Deno.test("take_rate_limit", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const take = async (subject: string, route: string, limit = 2) => {
    const [row] = await asRole(
      sql,
      { role: "service_role" },
      (tx) => tx`select public.take_rate_limit(${subject}, ${route}, ${limit}, 60) as wait`,
    );
    return row!.wait as number;
  };

  await t.step("allows up to the limit and then says how long to wait", async () => {
    assert.deepEqual([await take("a", "r"), await take("a", "r")], [0, 0]);
    const wait = await take("a", "r");
    assert.ok(wait > 50 && wait <= 60, `${wait} seconds`);
  });

  await t.step("counts subjects and routes apart", async () => {
    assert.deepEqual([await take("a", "other"), await take("b", "r")], [0, 0]);
  });

  await t.step("starts again with the next window", async () => {
    await sql`update private.rate_limits set window_started_at = now() - interval '61 seconds' where subject = 'a'`;
    assert.equal(await take("a", "r"), 0);
  });

  await t.step("counts every one of many callers at once", async () => {
    const waits = await Promise.all(Array.from({ length: 20 }, () => take("crowd", "r", 5)));
    assert.equal(waits.filter((wait) => wait === 0).length, 5);
  });

  await t.step("is for service_role alone", async () => {
    await assert.rejects(
      asRole(
        sql,
        { role: "authenticated", userId: crypto.randomUUID() },
        (tx) => tx`select public.take_rate_limit('a', 'r', 1, 60)`,
      ),
      { code: "42501" },
    );
  });

  await t.step("counters of yesterday are pruned", async () => {
    await sql`update private.rate_limits set window_started_at = now() - interval '25 hours' where subject = 'a'`;
    assert.equal((await sql`select private.prune_rate_limits() as count`)[0]!.count, 2);
  });
});
