import { openDatabase, type Sql, type Transaction } from "../tests/database/support/database.ts";
import { note, printResult } from "./result.ts";
import { measureMs, median } from "./statistics.ts";
import { checkPlan } from "./tasks-list/check-plan.ts";
import { fillTasks } from "./tasks-list/fill-tasks.ts";
import { readListPage, readRows, readRowsOf, type TaskQuery } from "./tasks-list/queries.ts";

const ROWS = Number(Deno.env.get("TASKS_BENCH_ROWS") ?? 1_000_000);
const USERS = 1_000;
const ROUNDS = 1_000;

interface Contest {
  baseline: string;
  underRls: TaskQuery;
  asOwner: TaskQuery;
}

const CONTESTS: readonly Contest[] = [
  {
    baseline: "list_influencer_tasks as table owner",
    underRls: readListPage,
    asOwner: readListPage,
  },
  {
    baseline: "the same rows as table owner, filtered by user_id",
    underRls: readRows,
    asOwner: readRowsOf,
  },
];

/** A page of 50 among a million tasks of a thousand accounts: row level security against an explicit filter. */
export async function run(): Promise<void> {
  await using database = await openDatabase();
  const admin = database.connect("supabase_admin", { max: 1 });
  const fillMs = await measureMs(() => fillTasks(admin, ROWS, USERS));
  const users = (await admin`select id from auth.users where email like '%@bench.local'`).map(({ id }) => id);
  note(`${ROWS} tasks of ${users.length} accounts made in ${(fillMs / 1000).toFixed(0)} s`);
  await checkPlan(database, users[0]!, readListPage);

  const sql = database.connect("postgres", { max: 1 });
  for (const { baseline, underRls, asOwner } of CONTESTS) {
    const rls: number[] = [];
    const owner: number[] = [];
    for (let round = -USERS / 10; round < ROUNDS; round++) {
      const userId = users[Math.floor(Math.random() * users.length)]!;
      // Both ways take turns at being first, since the second one finds the pages in memory.
      const ways: (() => Promise<void>)[] = [
        async () => void rls.push(await measureAs(sql, "authenticated", userId, underRls)),
        async () => void owner.push(await measureAs(sql, "postgres", userId, asOwner)),
      ];
      for (const way of round % 2 ? ways : ways.toReversed()) await way();
      if (round < 0) rls.length = owner.length = 0;
    }
    printResult({
      bench: "tasks-list",
      metric: "time",
      value: median(rls),
      unit: "ms",
      baseline,
      baselineValue: median(owner),
    });
  }
}

/** Milliseconds of the query alone, in a transaction with the role and claims the Data API would set. */
async function measureAs(sql: Sql, role: string, userId: string, query: TaskQuery): Promise<number> {
  const claims = JSON.stringify({ sub: userId, role: "authenticated" });
  return await sql.begin(async (tx: Transaction) => {
    await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', ${role}, true)`;
    return await measureMs(() => query(tx, userId));
  }) as number;
}
