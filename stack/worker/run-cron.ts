import type postgres from "postgres";
import { JobClock } from "./job-clock.ts";
import type { Job } from "./job-clock.ts";
import { runJob } from "./run-job.ts";
import type { JobLogins } from "./run-job.ts";

/** Changes are announced; this catches what was missed while the database was away. */
const RELOAD_MS = 60_000;
/** pg_cron's own limit of jobs at a time. */
const MAX_RUNNING = 32;

/** Runs the jobs of cron.job until the process ends. Settles when the jobs are loaded. */
export async function runCron(sql: postgres.Sql, logins: JobLogins): Promise<void> {
  const clocks = new Map<string, JobClock>();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function takeSlot(): Promise<void> {
    if (running >= MAX_RUNNING) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
  }

  function giveSlot(): void {
    running -= 1;
    waiting.shift()?.();
  }

  async function run(job: Job): Promise<void> {
    await takeSlot();
    try {
      await runJob(sql, job, logins);
    } catch (error) {
      console.error(`job ${job.jobid}:`, error);
    } finally {
      giveSlot();
    }
  }

  async function reload(): Promise<void> {
    const jobs = await sql<Job[]>`
      select jobid::text, schedule, command, username from cron.job
      where active and database = current_database()`;
    for (const [id, clock] of clocks) {
      if (jobs.some((job) => job.jobid === id)) continue;
      clock.stop();
      clocks.delete(id);
    }
    for (const job of jobs) {
      const clock = clocks.get(job.jobid);
      if (clock) clock.update(job);
      else clocks.set(job.jobid, new JobClock(job, run));
    }
  }

  const reloadSafely = () =>
    void reload().then(() => markOrphans(sql)).catch((error) =>
      console.error("loading jobs:", error.message)
    );
  await markInterrupted(sql);
  await sql.listen("cron_job_changed", reloadSafely, reloadSafely);
  await reload();
  setInterval(reloadSafely, RELOAD_MS);
}

/** Runs that were under way when the database or the worker ended last time, in pg_cron's words. */
async function markInterrupted(sql: postgres.Sql): Promise<void> {
  await sql`
    update cron.job_run_details set status = 'failed', return_message = 'server restarted', end_time = now()
    where status in ('starting', 'running')`;
}

/** Runs whose connection is gone, for example after the database alone was restarted. */
async function markOrphans(sql: postgres.Sql): Promise<void> {
  await sql`
    update cron.job_run_details set status = 'failed', return_message = 'server restarted', end_time = now()
    where status = 'running' and job_pid not in (select pid from pg_stat_activity)
      and start_time < now() - interval '5 seconds'`;
}
