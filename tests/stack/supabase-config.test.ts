import assert from "node:assert/strict";
import { join } from "node:path";
import { functionConfig, readSupabaseConfig } from "../../stack/supabase-config.ts";
import { StackError } from "../../stack/stack-error.ts";

async function read(toml: string, env: Record<string, string> = {}) {
  const dir = await Deno.makeTempDir({ prefix: "config-" });
  try {
    await Deno.writeTextFile(join(dir, "config.toml"), toml);
    return await readSupabaseConfig(dir, env);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("env(NAME) is replaced by the variable", async () => {
  const config = await read('[db.vault]\nown = "env(OWN)"\nfixed = "env(MISSING)"', { OWN: "value" });
  assert.deepEqual(config.vault, { own: "value", fixed: "env(MISSING)" });
});

Deno.test("functions are verified unless the file says otherwise", async () => {
  const config = await read("[functions.open]\nverify_jwt = false\n[functions.off]\nenabled = false");
  assert.deepEqual(functionConfig(config, "open"), { enabled: true, verifyJwt: false });
  assert.deepEqual(functionConfig(config, "off"), { enabled: false, verifyJwt: true });
  assert.deepEqual(functionConfig(config, "unnamed"), { enabled: true, verifyJwt: true });
});

Deno.test("an empty file means the defaults of hosted projects", async () => {
  const config = await read("");
  assert.deepEqual([config.maxRows, config.seedPaths], [1000, ["./seed.sql"]]);
});

Deno.test("a file that is no TOML is one sentence", async () => {
  await assert.rejects(
    read("[auth\nx = 1"),
    (error) => error instanceof StackError && /cannot be read/.test(error.message),
  );
});
