import assert from "node:assert/strict";
import { listRelations, listRoutines } from "../support/catalog.ts";
import { insiders, type Intruder } from "../support/callers.ts";
import { forEachAtOnce } from "../support/for-each-at-once.ts";
import { send } from "../support/send.ts";
import type { Tally } from "../support/tally.ts";
import type { World } from "../support/world.ts";

/** Asks for everything in the schemas the Data API does not expose: by profile header, and by a qualified name. */
export async function tryHiddenSchemas(world: World, intruders: Intruder[], tally: Tally): Promise<void> {
  const { sql, env, owner } = world;
  const schemas = await sql<{ name: string }[]>`
    select nspname as name from pg_namespace
    where nspname <> 'public' and nspname !~ '^pg_' order by nspname`;
  assert.ok(schemas.some(({ name }) => name === "private"));
  const callers: Intruder[] = [
    ...intruders,
    { title: "the owner", kind: "the owner", headers: insiders(world).owner, isSignedIn: true },
  ];
  const rest = `${env.API_URL}/rest/v1`;
  for (const { name: schema } of schemas) {
    const relations = schema === "information_schema" ? [] : await listRelations(sql, schema);
    const routines = schema === "private" ? await listRoutines(sql, schema) : [];
    await forEachAtOnce(relations, async (relation) => {
      const target = `hidden schemas: ${schema}.${relation.name}`;
      tally.opened(target);
      for (const caller of callers) {
        const profile = { "accept-profile": schema, "content-profile": schema };
        for (const [method, body] of [["GET"], ["POST", {}], ["PATCH", {}], ["DELETE"]] as const) {
          const headers = { ...caller.headers, ...profile };
          const answer = await send(method, `${rest}/${relation.name}`, { headers, body });
          assert.ok(
            [401, 406].includes(answer.status),
            `${method} ${target} by ${caller.title}: ${answer.text}`,
          );
          tally.refused(target, { ...caller, isSignedIn: false }, answer);
        }
        const answer = await send("GET", `${rest}/${schema}.${relation.name}`, { headers: caller.headers });
        tally.refused(target, { ...caller, isSignedIn: false }, answer);
      }
    });
    await forEachAtOnce(routines, async (routine) => {
      const target = `hidden schemas: ${schema}.${routine.name}()`;
      tally.opened(target);
      for (const caller of callers) {
        const headers = { ...caller.headers, "content-profile": schema };
        const body = Object.fromEntries(routine.parameters.map(({ name }) => [name, owner.id]));
        const answer = await send("POST", `${rest}/rpc/${routine.name}`, { headers, body });
        assert.ok([401, 406].includes(answer.status), `${target} by ${caller.title}: ${answer.text}`);
        tally.refused(target, { ...caller, isSignedIn: false }, answer);
      }
    });
  }
}
