import assert from "node:assert/strict";
import type { Relation } from "../support/catalog.ts";
import { insiders, type Intruder } from "../support/callers.ts";
import { forEachAtOnce } from "../support/for-each-at-once.ts";
import { type Answer, send } from "../support/send.ts";
import type { Tally } from "../support/tally.ts";
import type { World } from "../support/world.ts";
import { hashOwnersRows } from "../support/owners-rows.ts";
import { allowedInDatabase } from "./allowed-in-database.ts";

type Row = Record<string, unknown>;
const WITH_ROWS = { prefer: "return=representation" };

/**
 * Tries one relation of the Data API with every verb, and every column that has a grant, in the name of every
 * intruder. First the owner does the same, so that a door which is shut to all proves nothing.
 */
export async function tryTable(world: World, relation: Relation, intruders: Intruder[], tally: Tally) {
  const { env, sql, owner } = world;
  const { name, columns } = relation;
  assert.ok(relation.isGuarded, `${name} has no row level security`);
  assert.ok(columns.some((column) => column.name === "user_id"), `${name} does not say whose its rows are`);
  const [row] = await sql<Row[]>`
    select to_jsonb(t) as data from ${sql(name)} t where user_id = ${owner.id} limit 1`;
  assert.ok(row, `the world of this suite leaves the owner without a row in ${name}`);
  const data = row.data as Row;
  const url = `${env.API_URL}/rest/v1/${name}`;
  const own = `${url}?user_id=eq.${owner.id}`;
  const nobody = crypto.randomUUID();
  const before = await hashOwnersRows(world);
  const attempts: (() => Promise<void>)[] = [];

  const attempt = async (
    verb: string,
    ownersWay: () => Promise<boolean>,
    intrude: (headers: Record<string, string>, at: string, ownerId: string) => Promise<Answer>,
  ) => {
    const target = `tables: ${name} ${verb}`;
    if (!await ownersWay()) return assert.fail(`${target}: the owner is refused what is granted`);
    tally.opened(target);
    const tryAs = (headers: Intruder["headers"], userId: string) =>
      intrude({ ...headers }, `${url}?user_id=eq.${userId}`, userId);
    attempts.push(...intruders.map((intruder) => async () => {
      const answer = await tryAs(intruder.headers, owner.id);
      tally.refused(target, intruder, answer);
      // Whoever is not let in learns nothing from any row; the others are asked for rows of nobody as well.
      if (intruder.isSignedIn) {
        tally.alike(target, intruder, answer, await tryAs(intruder.headers, nobody));
      }
      if (verb.startsWith("insert")) {
        assert.ok(answer.status >= 400, `${target} by ${intruder.title}: ${answer.status}`);
      } else if (answer.status < 300) checkRows(target, intruder, answer, owner.id);
    }));
  };

  const readable = columns.filter(({ canSelect }) => canSelect).map((column) => column.name);
  if (readable.length > 0) {
    const ownersRead = async (at: string) =>
      (await send("GET", at, { headers: insiders(world).owner })).text.includes("{");
    const all = `${url}?select=*`;
    await attempt("select", () => ownersRead(all), (headers) => send("GET", all, { headers }));
    await forEachAtOnce(readable, (column) =>
      attempt(
        `select ${column}`,
        () => ownersRead(`${own}&select=${column}`),
        (headers, at) => send("GET", `${at}&select=${column}`, { headers }),
      ));
  }
  for (const column of columns.filter(({ canUpdate }) => canUpdate)) {
    const body = { [column.name]: data[column.name] };
    const change = (headers: Record<string, string>, at: string) =>
      send("PATCH", at, { headers: { ...headers, ...WITH_ROWS }, body });
    await attempt(
      `update ${column.name}`,
      () =>
        allowedInDatabase(world, (tx) => tx`update ${tx(name)} set ${tx(column.name)} = ${tx(column.name)}`),
      change,
    );
  }
  const insertable = columns.filter(({ canInsert }) => canInsert).map((column) => column.name);
  if (insertable.length > 0) {
    const body = Object.fromEntries(insertable.map((column) => [column, data[column]]));
    const add = (headers: Record<string, string>, _at = own, userId = owner.id) =>
      send("POST", url, { headers: { ...headers, ...WITH_ROWS }, body: { ...body, user_id: userId } });
    // The policy is checked before the unique index: a conflict with the copied row says it let the owner pass.
    await attempt("insert", async () => [201, 409].includes((await add(insiders(world).owner)).status), add);
  }
  if (relation.canDelete) {
    await attempt(
      "delete",
      () => allowedInDatabase(world, (tx) => tx`delete from ${tx(name)}`),
      (headers, at) => send("DELETE", at, { headers: { ...headers, ...WITH_ROWS } }),
    );
  }
  await forEachAtOnce(attempts, (attempt) => attempt());
  // The owner's own tries are taken back or refused, so any difference is an intruder's.
  assert.deepEqual(await hashOwnersRows(world), before, `${name}: an intruder changed the owner's rows`);
}

function checkRows(target: string, intruder: Intruder, answer: Answer, ownerId: string): void {
  const said = `${target} by ${intruder.title}: ${answer.text.slice(0, 300)}`;
  const rows = answer.text === "" ? [] : JSON.parse(answer.text) as Row[];
  assert.ok(Array.isArray(rows), said);
  if (target.endsWith(" select")) assert.ok(rows.every((row) => row.user_id !== ownerId), said);
  else assert.deepEqual(rows, [], said);
}
