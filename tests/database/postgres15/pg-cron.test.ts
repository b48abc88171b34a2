import assert from "node:assert/strict";
import { join } from "node:path";
import { runSeed } from "../../../stack/database/run-migrations.ts";
import { eventually } from "../../support/eventually.ts";
import { openDatabase } from "../support/database.ts";
import { checkInheritance } from "./check-inheritance.ts";
import { ensureDebianPostgres } from "./ensure-debian-postgres.ts";

const SUPABASE_DIR = join(new URL("../../..", import.meta.url).pathname, "supabase");

/** As a hosted project has it: jobs run in workers of the server, which need no password. */
const SETTINGS = {
  shared_preload_libraries: "pg_cron",
  "cron.database_name": "postgres",
  "cron.use_background_workers": "on",
  max_worker_processes: "24",
};

/** A job of every minute starts at the next full one. */
const NEXT_MINUTE_MS = 65_000;

Deno.test("Postgres 15 with the real pg_cron", async (t) => {
  await using database = await openDatabase({ binDir: await ensureDebianPostgres(), settings: SETTINGS });
  const { sql } = database;
  // First of all, so that its minute passes while the rest is tested.
  await sql`create schema proof`;
  await sql`create table proof.runs (at timestamptz not null default now(), by_role text not null default current_user)`;
  await sql`select cron.schedule('proof', '* * * * *', 'insert into proof.runs default values')`;

  await t.step("is a version that takes minutes only", async () => {
    const [row] = await sql`
      select extversion, current_setting('server_version_num')::int / 10000 as server,
        (select rolsuper from pg_roles where rolname = current_user) as is_superuser
      from pg_extension where extname = 'pg_cron'`;
    assert.deepEqual({ ...row }, { extversion: "1.4-1", server: 15, is_superuser: false });
    await assert.rejects(sql`select cron.schedule('never', '5 seconds', 'select 1')`, /invalid schedule/);
  });

  await t.step("takes every migration and the seed", async () => {
    const names = await Array.fromAsync(Deno.readDir(join(SUPABASE_DIR, "migrations")), ({ name }) => name);
    const [applied] = await sql`select count(*)::int as count from supabase_migrations.schema_migrations`;
    assert.equal(applied!.count, names.filter((name) => name.endsWith(".sql")).length);
    await runSeed(sql, SUPABASE_DIR, ["seed.sql"]);
  });

  await t.step("has every job, once and by the minute", async () => {
    await using newer = await openDatabase();
    const expected = await newer.sql`select jobname from cron.job order by jobname`;
    await sql`select private.setup_cron_jobs()`;
    const jobs = await sql`
      select jobname, schedule, active, username from cron.job where jobname <> 'proof' order by jobname`;
    assert.deepEqual(jobs.map(({ jobname }) => jobname), expected.map(({ jobname }) => jobname));
    for (const { jobname, schedule, active, username } of jobs) {
      assert.match(schedule, /^\S+( \S+){4}$/, jobname);
      assert.deepEqual([active, username], [true, "postgres"], jobname);
    }
  });

  await t.step("inherits, lets go and inherits again", () => checkInheritance(sql));

  await t.step("runs jobs as the role that scheduled them, ours without an error", async () => {
    const [run] = await eventually("a run of the job", async () => {
      const runs = await sql`select by_role from proof.runs`;
      return runs.length > 0 && runs;
    }, NEXT_MINUTE_MS);
    assert.equal(run!.by_role, "postgres");
    const ours = await eventually("the end of our jobs of this minute", async () => {
      const runs = await sql`
        select j.jobname, d.status, d.return_message
        from cron.job_run_details as d join cron.job as j using (jobid)`;
      const ended = runs.filter(({ status }) => status === "succeeded" || status === "failed");
      return ended.length === runs.length && runs.some(({ jobname }) =>
        jobname === "onedrive-sweep-uploads"
      ) && runs;
    });
    assert.deepEqual(ours.filter(({ status }) => status !== "succeeded"), []);
  });
});
