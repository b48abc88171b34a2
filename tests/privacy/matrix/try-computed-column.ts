import assert from "node:assert/strict";
import type { Routine } from "../support/catalog.ts";
import { insiders, type Intruder } from "../support/callers.ts";
import { forEachAtOnce } from "../support/for-each-at-once.ts";
import { send } from "../support/send.ts";
import type { Tally } from "../support/tally.ts";
import type { World } from "../support/world.ts";

/** Whether a function takes one row of a table: the Data API shows it as a column of that table. */
export async function isComputedColumn({ sql }: World, { parameters }: Routine): Promise<boolean> {
  const tables = await sql`
    select from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname = ${parameters[0]?.type ?? ""}`;
  return parameters.length === 1 && tables.length === 1;
}

/** Reads the column of the owner's rows, and of nobody's, as every intruder; none of them gets one. */
export async function tryComputedColumn(
  world: World,
  { name, parameters }: Routine,
  intruders: Intruder[],
  tally: Tally,
): Promise<void> {
  const table = parameters[0]!.type;
  const target = `functions: ${name}`;
  const read = (headers: Intruder["headers"], userId: string) =>
    send("GET", `${world.env.API_URL}/rest/v1/${table}?select=${name}&user_id=eq.${userId}`, { headers });
  const own = await read(insiders(world).owner, world.owner.id);
  assert.ok(own.status === 200 && own.text.includes(`"${name}"`), `${target} by its owner: ${own.text}`);
  tally.opened(target);
  await forEachAtOnce(intruders, async (intruder) => {
    const answer = await read(intruder.headers, world.owner.id);
    assert.ok(!answer.text.includes(`"${name}"`), `${target} by ${intruder.title}: ${answer.text}`);
    tally.refused(target, intruder, answer);
    tally.alike(target, intruder, answer, await read(intruder.headers, crypto.randomUUID()));
  });
}
