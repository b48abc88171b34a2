import { badParameter, MetaFailure } from "../meta-failure.ts";

/** A field somebody asks for, with the fields of the object it holds. */
export interface Field {
  name: string;
  fields: Field[];
}

/** What each field of a node holds; `undefined` leaves it out of the answer. */
export type NodeFields = Record<string, (fields: readonly Field[]) => unknown>;

/** Reads `a,b{c,d}`. Throws code 2500 for anything else. */
export function parseFields(text: string | null): Field[] {
  if (text === null) return [];
  const tokens = text.replaceAll(/\s/g, "").match(/[a-z0-9_]+|[{},]|[^a-z0-9_{},]+/gi) ?? [];
  let at = 0;
  const fields = readList();
  if (at < tokens.length) throw syntaxError(text);
  return fields;

  function readList(): Field[] {
    const list: Field[] = [];
    while (true) {
      const name = tokens[at++] ?? "";
      if (!/^[a-z0-9_]+$/i.test(name)) throw syntaxError(text!);
      list.push({ name, fields: readBraces() });
      if (tokens[at] !== ",") return list;
      at++;
    }
  }

  function readBraces(): Field[] {
    if (tokens[at] !== "{") return [];
    at++;
    const inner = readList();
    if (tokens[at++] !== "}") throw syntaxError(text!);
    return inner;
  }
}

/** The asked fields of a node and its id. Throws code 100 for a field the node does not have. */
export function selectFields(
  type: string,
  available: NodeFields,
  asked: readonly Field[],
  usual: readonly string[] = ["id"],
): Record<string, unknown> {
  const wanted = asked.length > 0 ? asked : usual.map((name) => ({ name, fields: [] }));
  const answer: Record<string, unknown> = {};
  for (const { name, fields } of wanted) {
    if (!Object.hasOwn(available, name)) {
      throw badParameter(`Tried accessing nonexisting field (${name}) on node type (${type})`);
    }
    answer[name] = available[name]!(fields);
  }
  answer.id ??= available.id?.([]);
  return answer;
}

function syntaxError(text: string): MetaFailure {
  return new MetaFailure(2500, `Syntax error "Expected name or end of string." in the fields "${text}"`);
}
