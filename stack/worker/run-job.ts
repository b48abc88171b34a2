import postgres from "postgres";
import type { Job } from "./job-clock.ts";

export interface JobLogins {
  /** Login of the superuser. */
  readonly adminUrl: string;
  /** Login of role `postgres`; other roles are taken on from it, as far as it is their member. */
  readonly jobUrl: string;
}

/** Runs one job as its owner, on a connection of its own, and writes down how it went. */
export async function runJob(sql: postgres.Sql, job: Job, logins: JobLogins): Promise<void> {
  const [run] = await sql<{ runid: string }[]>`
    insert into cron.job_run_details (jobid, database, username, command, status)
    values (${job.jobid}, current_database(), ${job.username}, ${job.command}, 'starting')
    returning runid::text`;
  const runid = run!.runid;
  const connection = connectAs(job.username, logins);
  try {
    const [backend] = await connection<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await sql`
      update cron.job_run_details set status = 'running', job_pid = ${
      backend!.pid
    }, start_time = clock_timestamp()
      where runid = ${runid}`;
    // Without parameters this is a simple query: several statements run as one transaction, as in pg_cron.
    const message = describe(await connection.unsafe(job.command));
    await finish(sql, runid, "succeeded", message);
  } catch (error) {
    await finish(sql, runid, "failed", `ERROR:  ${error instanceof Error ? error.message : error}\n`);
  } finally {
    await connection.end({ timeout: 1 });
  }
}

async function finish(sql: postgres.Sql, runid: string, status: string, message: string): Promise<void> {
  await sql`
    update cron.job_run_details
    set status = ${status}, return_message = ${message}, end_time = clock_timestamp(),
        start_time = coalesce(start_time, clock_timestamp())
    where runid = ${runid}`;
}

function connectAs(username: string, logins: JobLogins): postgres.Sql {
  const own = [logins.jobUrl, logins.adminUrl].find((url) =>
    decodeURIComponent(new URL(url).username) === username
  );
  const role = username.replace(/[\\ ]/g, "\\$&");
  return postgres(own ?? logins.jobUrl, {
    max: 1,
    prepare: false,
    onnotice: () => {},
    connection: { application_name: "pg_cron", ...(own ? {} : { options: `-c role=${role}` }) },
  });
}

/** pg_cron's message: rows for a query, else the command tag of the last statement. */
function describe(result: unknown): string {
  const results = (Array.isArray(result) && Array.isArray(result[0]) ? result : [result]) as postgres.RowList<
    postgres.Row[]
  >[];
  const last = results.at(-1);
  if (!last?.command) return "";
  const { command, count } = last;
  if (command === "SELECT") return `${count} row${count === 1 ? "" : "s"}`;
  if (command === "INSERT") return `INSERT 0 ${count}`;
  return /^(UPDATE|DELETE|MERGE|COPY|MOVE|FETCH)$/.test(command) ? `${command} ${count}` : command;
}
