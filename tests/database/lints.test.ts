import assert from "node:assert/strict";
import { parse } from "smol-toml";
import { runLints } from "../../scripts/database/run-lints.ts";
import { openDatabase } from "./support/database.ts";
import type { Sql } from "./support/database.ts";

const LINTS = new URL("./lints/", import.meta.url);
const CONFIG = new URL("../../supabase/config.toml", import.meta.url);

/** What Supabase's database linter checks, but for sign-ins without an account: those are no matter of SQL. */
const SPLINTER = [
  ...[
    "0001 unindexed_foreign_keys",
    "0002 auth_users_exposed",
    "0003 auth_rls_initplan",
    "0004 no_primary_key",
  ],
  ...["0005 unused_index", "0006 multiple_permissive_policies", "0007 policy_exists_rls_disabled"],
  ...["0008 rls_enabled_no_policy", "0009 duplicate_index", "0010 security_definer_view"],
  ...["0011 function_search_path_mutable", "0013 rls_disabled_in_public", "0014 extension_in_public"],
  ...["0015 rls_references_user_metadata", "0016 materialized_view_in_api", "0017 foreign_table_in_api"],
  ...["0018 unsupported_reg_types", "0019 insecure_queue_exposed_in_api", "0020 table_bloat"],
  ...["0021 fkey_to_auth_unique", "0022 extension_versions_outdated", "0023 sensitive_columns_exposed"],
  ...[
    "0024 rls_policy_always_true",
    "0025 public_bucket_allows_listing",
    "0026 pg_graphql_anon_table_exposed",
  ],
  ...["0027 pg_graphql_authenticated_table_exposed", "0028 anon_security_definer_function_executable"],
  "0029 authenticated_security_definer_function_executable",
];

class RollBack extends Error {}

interface Lint {
  readonly name: string;
  readonly source: string;
}

async function readLints(): Promise<Lint[]> {
  const lints = await Array.fromAsync(Deno.readDir(LINTS), async ({ name }) => ({
    name: name.replace(/\.sql$/, ""),
    source: await Deno.readTextFile(new URL(name, LINTS)),
  }));
  return lints.sort((a, b) => a.name < b.name ? -1 : 1);
}

function readHeader(source: string, key: string): string[] {
  return [...source.matchAll(new RegExp(`^-- ${key}: (.+)$`, "gm"))].map(([, value]) => value!);
}

/** How much a lint finds once an example of a violation is there; afterwards the example is gone. */
async function findViolation(sql: Sql, source: string, violation: string): Promise<number> {
  const [undo] = readHeader(source, "undone by");
  if (undo) return await findCommittedViolation(sql, source, violation, undo);
  let found = 0;
  const example = sql.begin(async (tx) => {
    await tx.unsafe(violation);
    found = (await tx.unsafe(source)).length;
    throw new RollBack();
  });
  await assert.rejects(example, RollBack);
  return found;
}

/** For statistics, which count what was committed. */
async function findCommittedViolation(
  sql: Sql,
  source: string,
  violation: string,
  undo: string,
): Promise<number> {
  await sql.unsafe(violation);
  await sql`select pg_stat_force_next_flush()`;
  const found = await sql.unsafe(source);
  await sql.unsafe(undo);
  return found.length;
}

Deno.test("database lints", async (t) => {
  await using database = await openDatabase();
  const admin = database.connect("supabase_admin", { max: 1 });
  const lints = await readLints();

  await t.step("cover every check of Supabase's linter", () => {
    const covered = lints.flatMap(({ source }) => readHeader(source, "splinter"))
      .flatMap((names) => names.split(", "));
    assert.deepEqual(covered.sort(), SPLINTER);
  });
  await t.step("find nothing in our schema", async () => {
    assert.deepEqual(await runLints(database.sql), []);
    assert.deepEqual(await runLints(admin), []);
  });
  for (const { name, source } of lints) {
    const violations = readHeader(source, "violated by");
    await t.step(`${name} finds ${violations.length === 1 ? "a violation" : "each violation"}`, async () => {
      assert.notEqual(violations.length, 0);
      for (const violation of violations) {
        assert.ok(await findViolation(admin, source, violation) > 0, violation);
      }
    });
  }
});

Deno.test("sign-ins without an account are off", async () => {
  const { auth } = parse(await Deno.readTextFile(CONFIG));
  assert.equal((auth as Record<string, unknown>).enable_anonymous_sign_ins, false);
});
