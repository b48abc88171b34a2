import postgres from "postgres";
import { runCron } from "./run-cron.ts";
import { runNet } from "./run-net.ts";

/**
 * The worker behind the stand-ins of pg_cron and pg_net: runs the jobs of cron.job and sends the requests of
 * net.http_request_queue. Where the server has the real extension, it leaves that part alone. Prints one JSON
 * line when it works.
 */
const adminUrl = Deno.env.get("WORKER_ADMIN_URL")!;
const jobUrl = Deno.env.get("WORKER_JOB_URL")!;
const sql = postgres(adminUrl, { max: 6, onnotice: () => {}, prepare: false });

if (await isStandIn("cron")) await runCron(sql, { adminUrl, jobUrl });
if (await isStandIn("net")) await runNet(sql);
console.log(JSON.stringify({ ready: true }));

/** The real extensions are written in C. */
async function isStandIn(schema: string): Promise<boolean> {
  const [row] = await sql<{ standIn: boolean }[]>`
    select count(*) > 0 and count(*) filter (where l.lanname = 'c') = 0 as "standIn"
    from pg_proc p join pg_language l on l.oid = p.prolang
    where p.pronamespace = to_regnamespace(${schema})`;
  return row!.standIn;
}
