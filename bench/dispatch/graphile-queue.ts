import { Logger, run, runMigrations } from "graphile-worker";
import type { Sql } from "../../tests/database/support/database.ts";
import { CONCURRENCY, type Queue } from "./queue.ts";

/** graphile-worker's own run loop with a task that does nothing, without its options for batches. */
export async function createGraphileQueue(admin: Sql, url: string): Promise<Queue> {
  const options = {
    connectionString: url,
    logger: new Logger(() => () => {}),
    maxPoolSize: CONCURRENCY,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
  };
  await runMigrations(options);
  let expected = 0;

  return {
    name: "graphile-worker",
    async fill(count) {
      expected = count;
      await admin`truncate graphile_worker._private_jobs`;
      // In one call: 20,000 calls in one transaction take minutes.
      await admin`
        select count(*) from graphile_worker.add_jobs(array(
          select row('publish', '{}'::json, null, null, null, null, null, null)::graphile_worker.job_spec
          from generate_series(1, ${count}::int)
        ))`;
      await admin.unsafe("vacuum analyze graphile_worker._private_jobs");
    },
    async drain(signal) {
      const ended = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => ended.resolve(), { once: true });
      let done = 0;
      const publish = () => {
        if (++done === expected) ended.resolve();
      };
      const runner = await run({ ...options, taskList: { publish } });
      await ended.promise;
      await runner.stop();
      return done;
    },
    close: () => Promise.resolve(),
  };
}
