import type { World } from "../../../privacy/support/world.ts";
import type { FilledShape } from "./fill-shape.ts";
import type { Statement } from "./query-text.ts";

/** The SQL a function call stands for: arguments go by name, each read from JSON in the type the function wants. */
export async function writeCall(sql: World["sql"], { routine, calls }: FilledShape): Promise<Statement> {
  const { name, parameters } = routine!;
  const [result] = await sql<{ isSet: boolean; isVoid: boolean }[]>`
    select proretset as "isSet", prorettype = 'void'::regtype as "isVoid" from pg_proc
    where pronamespace = 'public'::regnamespace and proname = ${name}`;
  const values = calls[0]!.values[0] as Record<string, unknown>;
  const named = Object.keys(values).map((key) => {
    const { type } = parameters.find((parameter) => parameter.name === key)!;
    return `${key} => (select "${key}" from json_to_record($1::text::json) as a ("${key}" ${type}))`;
  });
  const call = `public.${name}(${named.join(", ")}) as t`;
  const body = result!.isSet ? "coalesce(json_agg(t), '[]')" : result!.isVoid ? "null" : "to_json(t)";
  return {
    text: `select (${body})::text as body from ${call}`,
    parameters: named.length > 0 ? [JSON.stringify(values)] : [],
    status: result!.isVoid ? 204 : 200,
  };
}
