import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { ACCOUNT_SCENARIOS } from "./account-scenarios.ts";
import { BULK_SCENARIOS } from "./bulk-scenarios.ts";
import { ENGINE_SCENARIOS } from "./engine-scenarios.ts";
import { FOLLOW_UP_SCENARIOS } from "./follow-up-scenarios.ts";
import { MAIL_SCENARIOS } from "./mail-scenarios.ts";
import { ONEDRIVE_SCENARIOS } from "./onedrive-scenarios.ts";
import { PUBLISH_SCENARIOS } from "./publish-scenarios.ts";
import { fillSnippet, readRunbook } from "./read-runbook.ts";
import { TASK_SCENARIOS } from "./task-scenarios.ts";

const SCENARIOS = {
  ...TASK_SCENARIOS,
  ...ONEDRIVE_SCENARIOS,
  ...ENGINE_SCENARIOS,
  ...PUBLISH_SCENARIOS,
  ...BULK_SCENARIOS,
  ...FOLLOW_UP_SCENARIOS,
  ...MAIL_SCENARIOS,
  ...ACCOUNT_SCENARIOS,
};

Deno.test("runbook", async (t) => {
  const snippets = await readRunbook();

  await t.step("has a scenario for every snippet, and no other", () => {
    assert.deepEqual([...snippets.keys()].toSorted(), Object.keys(SCENARIOS).toSorted());
  });

  await using database = await openDatabase();
  const { sql } = database;
  const careless = database.connect("supabase_admin", { max: 1 });
  await careless`set session_replication_role = replica`;

  await t.step("is run by an operator without a user", async () => {
    const [row] = await sql`select current_user as role, auth.uid() as user_id`;
    assert.deepEqual({ ...row }, { role: "postgres", user_id: null });
  });

  for (const [name, text] of snippets) {
    await t.step(`${name} does what the page says`, async () => {
      let ran = 0;
      await SCENARIOS[name]!({
        sql,
        careless,
        run: async (values = {}) => {
          ran++;
          return [...await sql.unsafe(fillSnippet(text, values))];
        },
      });
      assert.ok(ran > 0, "the snippet was run");
    });
  }
});
