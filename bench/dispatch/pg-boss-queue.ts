import PgBoss from "pg-boss";
import type { Sql } from "../../tests/database/support/database.ts";
import { CONCURRENCY, drainBy, type Queue } from "./queue.ts";

const NAME = "publish";

/** pg-boss with `fetch` of one job, the oldest first (its faster order), and `complete` of it. */
export async function createPgBossQueue(admin: Sql, url: string): Promise<Queue> {
  const boss = new PgBoss({ connectionString: url, max: CONCURRENCY, supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue(NAME);
  const work = async () => {
    const [job] = await boss.fetch(NAME, { batchSize: 1, priority: false });
    if (!job) return false;
    await boss.complete(NAME, job.id);
    return true;
  };

  return {
    name: "pg-boss",
    async fill(count) {
      await admin`truncate pgboss.job`;
      await boss.insert(Array.from({ length: count }, () => ({ name: NAME, data: {} })));
      await admin.unsafe("vacuum analyze pgboss.job");
    },
    drain: (signal) => drainBy(work, signal),
    close: () => boss.stop({ graceful: false }),
  };
}
