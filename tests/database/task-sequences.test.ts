import assert from "node:assert/strict";
import { createRandom } from "./support/create-random.ts";
import { openDatabase, type Sql } from "./support/database.ts";
import { checkInheritance, readTaskState } from "./support/expected-tasks.ts";
import { addChangingAccount, chooseTaskChange } from "./support/task-changes.ts";

/** What a rule may answer to a random change: refused by us, or such a task is there already. */
const REFUSALS = ["PT422", "PT404", "23505"];
const LENGTH = 60;
/** `TASK_SEED=7 npm test -- tests/database/task-sequences.test.ts` runs the one sequence that a failure names. */
const SEEDS = Deno.env.get("TASK_SEED")?.split(",").map(Number) ??
  Array.from({ length: 20 }, (_, i) => i + 1);

Deno.test("random sequences of changes", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;

  /** A new account after `LENGTH` random changes, with what was done to it. */
  const play = async (seed: number, afterEach: (userId: string, log: string[]) => Promise<void>) => {
    const random = createRandom(seed);
    const account = await addChangingAccount(sql);
    const log = [`seed ${seed}`];
    while (log.length <= LENGTH) {
      const [title, run] = chooseTaskChange(account, random);
      const refusal = await run(sql).then(() => "", (error) => {
        assert.ok(
          REFUSALS.includes(error.code),
          `${log.join("; ")}; ${title}: ${error.code} ${error.message}`,
        );
        return ` (refused ${error.code})`;
      });
      log.push(title + refusal);
      await afterEach(account.userId, log);
    }
    return { ...account, random };
  };

  for (const seed of SEEDS) {
    await t.step(`leave every task as the rules say after each one, seed ${seed}`, async () => {
      let refused = 0;
      await play(seed, async (userId, log) => {
        if (log.at(-1)!.includes("(refused")) refused++;
        try {
          await checkInheritance(sql, userId);
        } catch (error) {
          throw new Error(log.join("; "), { cause: error });
        }
      });
      assert.ok(refused < LENGTH / 2, "most changes are made");
    });
  }

  await t.step("leave nothing to repair", async () => {
    for (const seed of SEEDS) {
      const { userId } = await play(seed, () => Promise.resolve());
      const before = await readTaskState(sql, userId);
      const [row] = await sql`select private.repair_inheritance(${userId}) as fixed`;
      assert.equal(row!.fixed, 0, `seed ${seed}`);
      assert.deepEqual(await readTaskState(sql, userId), before, `seed ${seed}`);
    }
  });

  await t.step("broken past the triggers are repaired to what the triggers had made", async () => {
    let broken = 0;
    for (const seed of SEEDS) {
      const { userId, random } = await play(seed, () => Promise.resolve());
      const before = await readTaskState(sql, userId);
      const count = await breakFollowers(sql, userId, random);
      broken += count;
      const [row] = await sql`select private.repair_inheritance(${userId}) as fixed`;
      assert.equal(row!.fixed, count, `seed ${seed}`);
      assert.deepEqual(await readTaskState(sql, userId), before, `seed ${seed}`);
    }
    assert.ok(broken > SEEDS.length, `${broken} tasks were broken`);
  });
});

/** Spoils tasks that follow a parent, each in another way, as a careless restore would; returns how many. */
async function breakFollowers(sql: Sql, userId: string, random: () => number): Promise<number> {
  const followers = await sql<{ id: string }[]>`
    select id from public.influencer_tasks
    where user_id = ${userId} and video_is_inherited and status = 'pending'
      and (lease_until is null or lease_until <= now())
    order by id`;
  let count = 0;
  await sql.begin(async (tx) => {
    await tx`alter table public.influencer_tasks disable trigger user`;
    for (const { id } of followers) {
      const ways = [
        tx`video_id = null, video_is_inherited = false`,
        tx`
          video_id = (
            select v.id from public.product_videos v
            where v.user_id = ${userId} and v.id <> public.influencer_tasks.video_id order by v.id limit 1
          )`,
        tx`inherited_from_task_id = null`,
        tx`inherited_from_product_id = null, video_id = null`,
        tx`video_changed_at = now()`,
        tx`video_id = null, video_is_inherited = false, inherited_from_task_id = null, inherited_from_product_id = null`,
      ];
      const way = Math.floor(random() * (ways.length + 1));
      if (way === ways.length) continue;
      await tx`update public.influencer_tasks set ${ways[way]!} where id = ${id}`;
      count++;
    }
    await tx`alter table public.influencer_tasks enable trigger user`;
  });
  return count;
}
