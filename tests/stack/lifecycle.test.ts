import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { eventually } from "../support/eventually.ts";
import { runStackCommand, startFailingStack, startStack } from "../support/stack.ts";
import type { TestStack } from "../support/stack.ts";
import { copyDir, FIXTURE_DIR } from "./copy-dir.ts";

const BASE_PORT = 26100;
const options = { sanitizeOps: false, sanitizeResources: false };

/** Processes that belong to the stack on `dataDir`, found by the mark every child carries. */
async function findProcesses(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(entry.name)) continue;
    const environment = await Deno.readTextFile(`/proc/${entry.name}/environ`).catch(() => "");
    if (environment.includes(`STACK_OWNER=${dataDir}\0`)) found.push(entry.name);
  }
  return found;
}

async function withFixture(run: (supabaseDir: string) => Promise<void>): Promise<void> {
  const supabaseDir = await Deno.makeTempDir({ prefix: "supabase-" });
  try {
    await copyDir(FIXTURE_DIR, supabaseDir);
    await run(supabaseDir);
  } finally {
    await Deno.remove(supabaseDir, { recursive: true });
  }
}

async function withDataDir(run: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "stack-" });
  try {
    await run(dataDir);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}

async function query(stack: TestStack, text: string): Promise<postgres.Row[]> {
  const sql = postgres(stack.env.DB_URL!, { max: 1, onnotice: () => {} });
  try {
    return [...await sql.unsafe(text)];
  } finally {
    await sql.end();
  }
}

Deno.test("a taken port is one sentence that names the variable", options, async () => {
  for (
    const [offset, variable] of [[0, "API"], [1, "DB"], [2, "MAIL"], [10, "SANDBOX"], [
      13,
      "SANDBOX",
    ]] as const
  ) {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: BASE_PORT + offset });
    const { code, output } = await startFailingStack({ basePort: BASE_PORT, supabaseDir: FIXTURE_DIR });
    listener.close();
    assert.equal(code, 1);
    assert.match(
      output,
      new RegExp(`^Port ${BASE_PORT + offset} is taken: .*STACK_${variable}_PORT\\.$`, "m"),
    );
  }
});

Deno.test("a wrong setting is one sentence", options, async () => {
  const { code, output } = await startFailingStack({ basePort: BASE_PORT, env: { STACK_DB_PORT: "many" } });
  assert.deepEqual([code, output], [1, 'STACK_DB_PORT is "many", but a port is a number from 1 to 65535.\n']);
});

Deno.test("a cluster of another Postgres is one sentence", options, async () => {
  await withDataDir(async (dataDir) => {
    const clusterDir = join(dataDir, "postgres", "data");
    await Deno.mkdir(clusterDir, { recursive: true });
    await Deno.writeTextFile(join(clusterDir, "PG_VERSION"), "16\n");
    const { code, output } = await startFailingStack({
      basePort: BASE_PORT,
      supabaseDir: FIXTURE_DIR,
      dataDir,
    });
    assert.equal(code, 1);
    assert.match(output, /^\S+ was written by Postgres 16, this is 17: run `npm run stack -- reset`\.\n$/);
    assert.deepEqual(await findProcesses(dataDir), []);
  });
});

Deno.test("a failing migration names file and line, keeps nothing and stops all", options, async () => {
  await withFixture(async (supabaseDir) => {
    const file = join(supabaseDir, "migrations", "20260101000200_create_more.sql");
    await Deno.writeTextFile(
      file,
      "create table public.more (id integer);\n\n-- why\ncreate index on public.nothing (id);\n",
    );
    await withDataDir(async (dataDir) => {
      const failure = await startFailingStack({ basePort: BASE_PORT, supabaseDir, dataDir });
      assert.equal(failure.code, 1);
      assert.match(
        failure.output,
        /^supabase\/migrations\/20260101000200_create_more\.sql, line 4: relation "public\.nothing" does not exist\. Correct/m,
      );
      assert.deepEqual(await findProcesses(dataDir), []);

      await Deno.writeTextFile(file, "create table public.more (id integer);\n");
      const stack = await startStack({ basePort: BASE_PORT, supabaseDir, dataDir });
      try {
        assert.equal(
          (await query(stack, "select to_regclass('public.more') is not null as made"))[0]!.made,
          true,
        );
        assert.equal(
          (await query(stack, "select count(*)::int as n from public.numbers"))[0]!.n,
          12,
          "seeded once",
        );
      } finally {
        await stack.stop();
      }
    });
  });
});

Deno.test("stop, start and kill keep data and keys and leave no process", options, async () => {
  await withDataDir(async (dataDir) => {
    const settings = { basePort: BASE_PORT, supabaseDir: FIXTURE_DIR, dataDir };
    const first = await startStack(settings);
    await query(first, "insert into public.numbers values (100)");
    assert.equal((await findProcesses(dataDir)).length > 5, true);

    const second = await startFailingStack(settings);
    assert.equal(second.code, 1);
    assert.match(second.output, /^A stack already runs on .*npm run stack -- down/);

    const printed = await runStackCommand(settings, "env");
    assert.equal(printed.code, 0);
    assert.match(
      printed.output,
      new RegExp(`^API_URL=http://127.0.0.1:${BASE_PORT}\\nPUBLISHABLE_KEY=sb_publishable_`),
    );
    assert.doesNotMatch(printed.output, /TOKEN_ENCRYPTION_KEYS/);
    for (const line of printed.output.trim().split("\n")) assert.match(line, /^[A-Z_]+=\S+$/);

    assert.equal((await runStackCommand(settings, "down")).code, 0);
    assert.deepEqual(await findProcesses(dataDir), []);
    assert.equal((await runStackCommand(settings, "env")).code, 1);

    const startedAt = performance.now();
    const again = await startStack(settings);
    assert.ok(performance.now() - startedAt < 15_000);
    assert.equal(again.env.SECRET_KEY, first.env.SECRET_KEY);
    assert.equal((await query(again, "select value from public.numbers where value = 100")).length, 1);
    await query(again, "insert into public.numbers values (101)");

    await again.signal("SIGKILL");
    await eventually("the end of the children", async () => (await findProcesses(dataDir)).length === 0);
    const recovered = await startStack(settings);
    assert.equal((await query(recovered, "select value from public.numbers where value > 99")).length, 2);
    assert.equal((await recovered.signal("SIGINT")).code, 0);
    assert.deepEqual(await findProcesses(dataDir), []);

    assert.equal((await runStackCommand(settings, "reset")).code, 0);
    await assert.rejects(Deno.stat(dataDir));
    await Deno.mkdir(dataDir);
  });
});

Deno.test("a killed database, API and worker come back", options, async () => {
  const stack = await startStack({ basePort: BASE_PORT, supabaseDir: FIXTURE_DIR });
  try {
    const apikey = stack.env.PUBLISHABLE_KEY!;
    for (const name of ["api", "worker", "postgres"]) {
      const pid = (await stack.pids())[name]!;
      Deno.kill(pid, "SIGKILL");
      await eventually(`a new ${name}`, async () => {
        const now = (await stack.pids())[name];
        return now !== undefined && now !== pid;
      }, 20_000);
    }
    await eventually("an answer from the database", async () => {
      const response = await fetch(`${stack.env.API_URL}/rest/v1/numbers?limit=1`, { headers: { apikey } });
      await response.body?.cancel();
      return response.status === 200;
    }, 20_000);
    const [{ id }] = await query(
      stack,
      `select net.http_get('${stack.env.API_URL}/functions/v1/hello') as id`,
    ) as [
      { id: string },
    ];
    await eventually(
      "an answer through the worker",
      async () => (await query(stack, `select from net._http_response where id = ${id}`)).length > 0,
      20_000,
    );
  } finally {
    await stack.stop();
  }
});

Deno.test("up --detach returns when ready and down stops it", options, async () => {
  await withDataDir(async (dataDir) => {
    const settings = { basePort: BASE_PORT, supabaseDir: FIXTURE_DIR, dataDir };
    const up = await runStackCommand(settings, "up", "--detach");
    assert.deepEqual([up.code, up.output], [0, `Ready at http://127.0.0.1:${BASE_PORT}.\n`]);
    assert.equal((await fetch(`http://127.0.0.1:${BASE_PORT}/auth/v1/health`)).status, 200);
    const down = await runStackCommand(settings, "down");
    assert.deepEqual([down.code, down.output], [0, "Stopped.\n"]);
    assert.deepEqual(await findProcesses(dataDir), []);
  });
});

Deno.test("start serves the web app too and says where everything is", options, async () => {
  const stack = await startStack({ basePort: BASE_PORT, command: "start" });
  try {
    const text = await eventually(
      "the summary",
      () => /is ready after/.test(stack.output()) && stack.output(),
      30_000,
    );
    for (const name of ["WEB_URL", "MAIL_URL", "API_URL", "DB_URL", "SANDBOX_URL"]) {
      assert.ok(text.includes(stack.env[name]!), name);
    }
    assert.match(text, /Demo login +\S+@\S+ \/ \S+/);
    assert.match(await (await fetch(stack.env.WEB_URL!)).text(), /<div id="root">/);
    assert.ok((await stack.pids()).web);
  } finally {
    await stack.stop();
  }
  assert.deepEqual(await findProcesses(stack.dataDir), []);
});
