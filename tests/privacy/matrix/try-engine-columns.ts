import assert from "node:assert/strict";
import type { Relation } from "../support/catalog.ts";
import { insiders } from "../support/callers.ts";
import { forEachAtOnce } from "../support/for-each-at-once.ts";
import { send } from "../support/send.ts";
import type { Tally } from "../support/tally.ts";
import type { World } from "../support/world.ts";
import { WRITABLE_COLUMNS } from "./writable-columns.ts";

/** No right to the column; a generated column refuses everybody, before rights are looked at. */
const DENIED = "42501";
const GENERATED = "428C9";

/** The owner tries to write each column that is not theirs to write: by PATCH, and smuggled into a new row. */
export async function tryEngineColumns(world: World, relation: Relation, tally: Tally): Promise<void> {
  const { env, sql, owner } = world;
  const { name, columns } = relation;
  const writable = WRITABLE_COLUMNS[name];
  assert.ok(writable, `say in writable-columns.ts what users may write in ${name}`);
  const granted = await sql<{ verb: string; column: string }[]>`
    select lower(privilege_type) as verb, column_name as column
    from information_schema.column_privileges
    where table_schema = 'public' and table_name = ${name} and grantee in ('authenticated', 'PUBLIC')
      and privilege_type in ('INSERT', 'UPDATE')`;
  for (const verb of ["insert", "update"] as const) {
    const columnsOfVerb = granted.filter((grant) => grant.verb === verb).map(({ column }) => column);
    assert.deepEqual(columnsOfVerb.toSorted(), writable[verb].toSorted(), `${verb} grants of ${name}`);
  }

  const headers = insiders(world).owner;
  const [row] = await sql`select to_jsonb(t) as data from ${sql(name)} t where user_id = ${owner.id} limit 1`;
  const data = row!.data as Record<string, unknown>;
  const own = `${env.API_URL}/rest/v1/${name}`;
  const base = Object.fromEntries(writable.insert.map((column) => [column, data[column]]));
  await forEachAtOnce(columns, async ({ name: column, isGenerated }) => {
    const refusals = isGenerated ? [DENIED, GENERATED] : [DENIED];
    if (!writable.update.includes(column)) {
      const body = { [column]: data[column] };
      const answer = await send("PATCH", `${own}?user_id=eq.${owner.id}`, { headers, body });
      assert.ok(refusals.includes(answer.code), `update ${name}.${column}: ${answer.status} ${answer.text}`);
      count(`engine columns: ${name} update ${column}`);
    }
    if (!writable.insert.includes(column)) {
      const answer = await send("POST", own, { headers, body: { ...base, [column]: data[column] } });
      assert.ok(refusals.includes(answer.code), `insert ${name}.${column}: ${answer.status} ${answer.text}`);
      count(`engine columns: ${name} insert ${column}`);
    }
  });

  /** The same owner reads the row, and the catalog says what is granted: the refusal concerns the column. */
  function count(target: string) {
    tally.opened(target);
    tally.add(target, "the owner");
  }
}
