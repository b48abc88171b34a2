import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import postgres from "postgres";
import { prepareServerFiles } from "../../stack/postgres/prepare-server-files.ts";
import { eventually } from "../support/eventually.ts";
import { startPostgres } from "../support/postgres.ts";
import { startStack } from "../support/stack.ts";
import { FIXTURE_DIR } from "./copy-dir.ts";

Deno.test("a server given by STACK_DB_URL is used and left running", {
  sanitizeOps: false,
  sanitizeResources: false,
}, async () => {
  const dir = await Deno.makeTempDir({ prefix: "external-" });
  const none = join(dir, "no-extensions");
  await Deno.mkdir(none);
  const repoDir = fileURLToPath(new URL("../..", import.meta.url));
  const binDir = await prepareServerFiles(repoDir, join(dir, "server"), none);
  const server = await startPostgres({ dir: join(dir, "cluster"), binDir });
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => {} });
  const settings = { basePort: 26100, supabaseDir: FIXTURE_DIR, env: { STACK_DB_URL: server.superuserUrl } };
  try {
    let stack = await startStack(settings);
    assert.equal((await stack.pids()).postgres, undefined);
    const standIns = await sql`select extname from pg_extension where extname in ('pg_cron', 'pg_net')`;
    assert.equal(standIns.length, 0, "this server offers no such extensions");

    const own = postgres(stack.env.DB_URL!, { max: 1 });
    assert.equal((await own`select current_user as name`)[0]!.name, "postgres");
    const call = `select net.http_get('${stack.env.API_URL}/functions/v1/hello')`;
    await own`select cron.schedule('tick', '1 second', ${call})`;
    await eventually(
      "an answer called for by cron",
      async () => (await own`select from net._http_response`).length > 0,
    );
    await own`select cron.unschedule('tick')`;
    await own`select vault.create_secret('kept', 'kept')`;
    await own.end();
    await stack.stop();

    // Another data directory: the keys differ, what lies in the database is still readable.
    stack = await startStack(settings);
    const [secret] =
      await sql`select decrypted_secret as text from vault.decrypted_secrets where name = 'kept'`;
    assert.equal(secret!.text, "kept");
    await stack.stop();
    assert.equal((await sql`select 1 as alive`)[0]!.alive, 1);
  } finally {
    await sql.end();
    await server.stop();
    await Deno.remove(dir, { recursive: true });
  }
});
