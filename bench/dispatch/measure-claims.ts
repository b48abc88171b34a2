import { openDatabase } from "../../tests/database/support/database.ts";
import { note, printResult } from "../result.ts";
import { median } from "../statistics.ts";
import { createEngineQueue } from "./engine-queue.ts";
import { createGraphileQueue } from "./graphile-queue.ts";
import { createPgBossQueue } from "./pg-boss-queue.ts";
import type { Queue } from "./queue.ts";

const JOBS = 20_000;
const WARM_UP_JOBS = 1_000;
const ROUNDS = 3;
/** A queue that has not done all jobs by then is taken by what it has done. */
const ROUND_MS = 15_000;
/** What a server that keeps its promises has on; the same for all. */
const DURABLE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" };

/** Claiming and completing 20,000 jobs one at a time, in turns with pg-boss and graphile-worker on the same server. */
export async function measureClaims(): Promise<void> {
  await using database = await openDatabase({ settings: DURABLE });
  const admin = database.connect("supabase_admin", { max: 1 });
  const url = `postgresql://supabase_admin@127.0.0.1:${database.sql.options.port[0]}/postgres`;
  const engine = createEngineQueue(database);
  const peers = [await createGraphileQueue(admin, url), await createPgBossQueue(admin, url)];
  const rates = new Map<Queue, number[]>([engine, ...peers].map((queue) => [queue, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [queue, measured] of rates) {
      // pg-boss sorts all waiting jobs for each one it fetches: once is enough to know.
      if (queue.name === "pg-boss" && round > 1) continue;
      await queue.fill(round === 0 ? WARM_UP_JOBS : JOBS);
      const rate = await measureRate(queue);
      if (round === 0) continue;
      measured.push(rate);
      note(`round ${round}: ${queue.name} ${rate.toFixed(0)} jobs/s`);
    }
  }
  for (const queue of rates.keys()) await queue.close();
  const best = peers.reduce((a, b) => median(rates.get(a)!) >= median(rates.get(b)!) ? a : b);
  printResult({
    bench: "dispatch",
    metric: "claims",
    value: median(rates.get(engine)!),
    unit: "jobs/s",
    baseline: best.name,
    baselineValue: median(rates.get(best)!),
  });
}

/** Jobs a second. */
async function measureRate(queue: Queue): Promise<number> {
  const startedAt = performance.now();
  const done = await queue.drain(AbortSignal.timeout(ROUND_MS));
  return done / (performance.now() - startedAt) * 1000;
}
