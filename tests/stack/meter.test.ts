import assert from "node:assert/strict";
import { join } from "node:path";
import { eventually } from "../support/eventually.ts";
import { startStack } from "../support/stack.ts";
import type { TestStack } from "../support/stack.ts";
import { copyDir, FIXTURE_DIR } from "./copy-dir.ts";

const options = { sanitizeOps: false, sanitizeResources: false };
let stack: TestStack;
let supabaseDir: string;
/** Records that earlier tests have seen. */
let seen = 0;

Deno.test.beforeAll(async () => {
  supabaseDir = await Deno.makeTempDir({ prefix: "meter-" });
  await copyDir(join(FIXTURE_DIR, "../metered"), supabaseDir);
  stack = await startStack({ basePort: 27200, supabaseDir, allowsViolations: true });
});
Deno.test.afterAll(async () => {
  await stack.stop();
  await Deno.remove(supabaseDir, { recursive: true });
});

interface MeterRecord {
  readonly [key: string]: string | number | null;
}

/** What the stack has recorded since the last call. */
async function newRecords(): Promise<MeterRecord[]> {
  const text = await Deno.readTextFile(join(stack.dataDir, "logs", "meter.jsonl")).catch(() => "");
  const records = text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const fresh = records.slice(seen);
  seen = records.length;
  return fresh;
}

function summarize({ level, limit, function: name, method, route }: MeterRecord): string {
  return [level, limit, name, method, route].join(" ");
}

function call(path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${stack.env.API_URL}/functions/v1/busy/${path}`, init);
}

async function assertEnded(response: Response): Promise<void> {
  assert.equal(response.status, 546);
  assert.equal(response.headers.get("sb-error-code"), "WORKER_RESOURCE_LIMIT");
  assert.equal((await response.json()).code, "WORKER_RESOURCE_LIMIT");
  const next = await call("light");
  assert.equal(next.status, 200, "a new process takes the next request");
  await next.body?.cancel();
}

Deno.test("fifty light requests at once leave no record", options, async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => call("light")));
  for (const answer of answers) assert.equal((await answer.json()).held, 0);
  assert.deepEqual(await newRecords(), []);
});

Deno.test("a request above one second of CPU is a warning", options, async () => {
  const response = await call("burn?ms=1200", { method: "POST" });
  assert.equal(response.status, 200);
  await response.body?.cancel();
  const [record, ...others] = await newRecords();
  assert.equal(summarize(record!), "warning cpu busy POST /busy/burn");
  assert.ok(Number(record!.cpuMs) >= 1_000 && Number(record!.cpuMs) < 1_400, `${record!.cpuMs} ms`);
  assert.deepEqual(others, []);
  assert.match(stack.output(), /warning: function busy POST \/busy\/burn took 1\.\d+ s of CPU and \d+ MB;/);
});

Deno.test("a request above two seconds of CPU is ended with 546", options, async () => {
  await assertEnded(await call("burn?ms=2500"));
  const records = await newRecords();
  assert.deepEqual(records.map(summarize), [
    "warning cpu busy GET /busy/burn",
    "violation cpu busy GET /busy/burn",
  ]);
  assert.ok(
    Number(records[1]!.cpuMs) >= 2_000 && Number(records[1]!.cpuMs) < 2_400,
    `${records[1]!.cpuMs} ms`,
  );
  assert.match(stack.output(), /violation: function busy GET \/busy\/burn took 2\.\d+ s of CPU/);
});

Deno.test("a buffer of 300 MB is ended with 546", options, async () => {
  const response = await call("buffer?mb=300");
  if (response.status === 200) await response.body?.cancel();
  else await assertEnded(response);
  const [record] = await eventually("the violation", async () => {
    const records = await newRecords();
    return records.length > 0 && records;
  });
  assert.equal(summarize(record!), "violation memory busy GET /busy/buffer");
  assert.ok(Number(record!.memoryMb) >= 256);
});

Deno.test("a heap of 300 MB is ended with 546", options, async () => {
  await assertEnded(await call("heap?mb=300"));
  const records = await newRecords();
  assert.equal(summarize(records.at(-1)!), "violation memory busy GET /busy/heap");
});

Deno.test("a buffer of 100 MB leaves no record", options, async () => {
  assert.equal((await (await call("buffer?mb=100")).json()).held, 100 * 1024 * 1024);
  assert.deepEqual(await newRecords(), []);
});

Deno.test("work after the answer counts for its request", options, async () => {
  const response = await call("background?ms=1300", { method: "POST" });
  assert.equal(response.status, 200);
  await response.body?.cancel();
  const [record] = await eventually("the warning", async () => {
    const records = await newRecords();
    return records.length > 0 && records;
  });
  assert.equal(summarize(record!), "warning cpu busy POST /busy/background");
  assert.equal(record!.inFlight, 0);
});

Deno.test("changed code is measured as the code before", options, async () => {
  const before = (await (await call("light")).json()).pid;
  const index = join(supabaseDir, "functions", "busy", "index.ts");
  await Deno.writeTextFile(index, await Deno.readTextFile(index) + "\n");
  await eventually("the new process", async () => (await (await call("light")).json()).pid !== before);
  await (await call("burn?ms=1200")).body?.cancel();
  assert.deepEqual((await newRecords()).map(summarize), ["warning cpu busy GET /busy/burn"]);
});

Deno.test("a stack with a violation fails the test that stops it", options, async () => {
  const other = await startStack({ basePort: 27250, supabaseDir });
  const response = await fetch(`${other.env.API_URL}/functions/v1/busy/burn?ms=2500`);
  assert.equal(response.status, 546);
  await response.body?.cancel();
  await assert.rejects(
    other.stop(),
    /Functions passed hosted limits:\n.*"limit":"cpu".*"route":"\/busy\/burn"/,
  );
});
