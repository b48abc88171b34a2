import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "../support/eventually.ts";
import { listRouterTests } from "./older-deno/list-router-tests.ts";
import { TEST_ENV } from "./support/test-env.ts";

/** The functions run on the Deno 2.1 of the hosted runtime as well; nothing here needs the network. */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FUNCTIONS = join(ROOT, "supabase", "functions");
const FIRST_PORT = 27160;
const OFFLINE = ["--no-lock", "--cached-only", "--node-modules-dir=manual"];
const olderDeno: string = createRequire(import.meta.url)("deno-2.1/install_api.cjs").runInstall();
const names = [...Deno.readDirSync(FUNCTIONS)]
  .filter((entry) => entry.isDirectory && !entry.name.startsWith("_"))
  .map((entry) => entry.name)
  .sort();

const env = { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };

Deno.test("the older Deno is the hosted runtime's", async () => {
  const { stdout } = await new Deno.Command(olderDeno, { args: ["--version"] }).output();
  assert.match(new TextDecoder().decode(stdout), /^deno 2\.1\.\d+ /);
});

Deno.test("every router test passes on the older Deno", async () => {
  const files = await listRouterTests(join(ROOT, "tests", "functions"));
  const { success, stdout, stderr } = await new Deno.Command(olderDeno, {
    args: [
      ...["test", "--allow-all", "--no-check", ...OFFLINE, "--config", join(ROOT, "deno.json")],
      join(ROOT, "tests", "functions", "older-deno", "run-tests.ts"),
      ...["--", ...files],
    ],
    cwd: ROOT,
    env: { ...env, CURRENT_DENO: Deno.execPath() },
  }).output();
  const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  const [, passed = "0"] = /\| (\d+) passed/.exec(output) ?? [];
  assert.ok(success, output);
  assert.ok(Number(passed) > files.length * 2, `${passed} tests of ${files.length} files`);
});

Deno.test("calls that must not be repeated are not repeated by the older Deno either", async () => {
  const { success, stdout, stderr } = await new Deno.Command(olderDeno, {
    args: [
      ...["test", "--allow-all", "--no-check", ...OFFLINE, "--config", join(ROOT, "deno.json")],
      join(ROOT, "tests", "functions", "core", "own-connection-fetch.test.ts"),
    ],
    cwd: ROOT,
    env,
  }).output();
  assert.ok(success, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
});

Deno.test("the functions use nothing the older Deno's own types do not know", async () => {
  const { stderr } = await new Deno.Command(olderDeno, {
    args: [
      ...["check", "--no-lock", "--node-modules-dir=manual", "--config", join(ROOT, "deno.json")],
      ...names.map((name) => join(FUNCTIONS, name, "index.ts")),
    ],
    cwd: ROOT,
    env,
  }).output();
  const output = new TextDecoder().decode(stderr);
  const findings = output.split(/\n(?=TS\d+ )/).filter((part) => /^TS\d+ /.test(part));
  // Its TypeScript writes the type of bytes without a parameter; that is erased before anything runs.
  const unknown = findings.filter((finding) => !finding.includes("Type 'Uint8Array' is not generic."));
  assert.deepEqual(unknown, []);
  assert.ok(findings.length > 0 || !/error/i.test(output), output);
});

for (const [index, name] of names.entries()) {
  Deno.test(`the function ${name} starts on the older Deno and describes itself`, async () => {
    const port = FIRST_PORT + index;
    const folder = join(FUNCTIONS, name);
    const child = new Deno.Command(olderDeno, {
      args: [
        ...["run", "--allow-all", ...OFFLINE, "--config", join(folder, "deno.json")],
        ...[join(ROOT, "tests", "functions", "older-deno", "serve-function.ts"), join(folder, "index.ts")],
      ],
      cwd: folder,
      env: { ...env, ...TEST_ENV, PORT: String(port) },
      stdout: "null",
      stderr: "piped",
    }).spawn();
    let hasEnded = false;
    const ended = child.output().then(({ stderr }) => {
      hasEnded = true;
      return new TextDecoder().decode(stderr);
    });
    try {
      const document = await eventually(`${name} to answer`, async () => {
        if (hasEnded) throw new Error(`${name} did not start:\n${await ended}`);
        const response = await fetch(`http://127.0.0.1:${port}/${name}/openapi.json`).catch(() => null);
        return response && { status: response.status, body: await response.json() };
      });
      assert.equal(document.status, 200);
      assert.match(document.body.openapi, /^3\./);
      assert.ok(Object.keys(document.body.paths).length > 0);
    } finally {
      if (!hasEnded) child.kill("SIGTERM");
      await ended;
    }
  });
}
