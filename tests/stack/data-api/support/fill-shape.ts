import assert from "node:assert/strict";
import { searchPattern } from "../../../../web/src/lib/search-pattern.ts";
import { listRelations, listRoutines } from "../../../privacy/support/catalog.ts";
import type { Column, Relation, Routine } from "../../../privacy/support/catalog.ts";
import type { World } from "../../../privacy/support/world.ts";
import { asUser } from "../../../database/support/as-role.ts";
import { parseShape } from "./parse-shape.ts";
import type { ShapeCall } from "./parse-shape.ts";
import { exampleArgument, exampleRow } from "./examples.ts";

type Row = Record<string, unknown>;

/** A call with the values it is tried with. */
export interface FilledCall extends ShapeCall {
  readonly values: readonly unknown[];
}

/** A shape ready to be sent: a query of `relation`, or a call of `routine`. */
export interface FilledShape {
  readonly calls: readonly FilledCall[];
  readonly relation?: Relation;
  readonly routine?: Routine;
}

export interface Catalog {
  readonly relations: readonly Relation[];
  readonly routines: readonly Routine[];
}

export async function readCatalog({ sql }: World): Promise<Catalog> {
  return { relations: await listRelations(sql, "public"), routines: await listRoutines(sql, "public") };
}

/** Gives every part of a shape a value with which the owner's own rows are found. */
export async function fillShape(world: World, catalog: Catalog, shape: string): Promise<FilledShape> {
  const [first, ...rest] = parseShape(shape);
  const name = first!.args[0]!;
  if (first!.method === "rpc") {
    const routine = catalog.routines.find((one) => one.name === name);
    assert.ok(routine, `there is no function ${name}`);
    const args = Object.fromEntries(
      first!.args.slice(1).map((argument) => {
        const parameter = routine.parameters.find((one) => one.name === argument);
        assert.ok(parameter, `${name} takes no ${argument}`);
        return [argument, exampleArgument(world, name, parameter)];
      }),
    );
    return {
      routine,
      calls: [{ ...first!, values: [args] }, ...rest.map((call) => ({ ...call, values: [] }))],
    };
  }
  const relation = catalog.relations.find((one) => one.name === name);
  assert.ok(relation, `there is no table ${name}`);
  const rows = await readRows(world, relation, rest);
  return {
    relation,
    calls: [{ ...first!, values: [] }, ...rest.map((call) => fillCall(world, relation, call, rows))],
  };
}

/** Rows the owner sees; those with a value in every column the shape filters by first. */
async function readRows(world: World, relation: Relation, calls: readonly ShapeCall[]): Promise<Row[]> {
  const columns = relation.columns.filter(({ canSelect }) => canSelect).map(({ name }) => name);
  const rows = await asUser(world.sql, world.owner.id, (tx) =>
    tx<{ row: string }[]>`
      select to_json(t)::text as row from (select ${tx(columns)} from ${
      tx(`public.${relation.name}`)
    } limit 100) t`);
  const filtered = calls.flatMap(({ method, args }) => method === "is" ? [] : args.slice(0, 1));
  const nulls = (row: Row) => filtered.filter((name) => row[name] === null).length;
  return rows.map(({ row }) => JSON.parse(row) as Row).sort((one, other) => nulls(one) - nulls(other));
}

function fillCall(world: World, relation: Relation, call: ShapeCall, rows: Row[]): FilledCall {
  return { ...call, values: valuesOf(world, relation, call, rows) };
}

function valuesOf(world: World, relation: Relation, { method, args }: ShapeCall, rows: Row[]): unknown[] {
  const [row] = rows;
  const own = (name = ""): unknown => {
    assert.ok(row, `the owner has no row in ${relation.name}`);
    return row[name];
  };
  if (method === "select" || method === "order" || method === "single" || method === "maybeSingle") return [];
  if (method === "is" || method === "delete") return [];
  if (method === "limit") return [2];
  if (method === "range") return [0, 1];
  if (method === "in") return [[...new Set(rows.map((one) => one[args[0]!]))].slice(0, 3)];
  if (method === "lt") return [maximum(own(args[0]))];
  if (method === "or") return [searchPattern(textColumns(relation.columns), "b0o")];
  if (method === "update") return [updatable(relation, row ?? {})];
  if (method === "insert") return [exampleRow(world, relation.name)];
  if (method === "eq") return [own(args[0])];
  throw new Error(`Say in fill-shape.ts with which value .${method}() is tried.`);
}

/** A value no row reaches. */
function maximum(value: unknown): unknown {
  return typeof value === "number" ? Number.MAX_SAFE_INTEGER : "ffffffff-ffff-ffff-ffff-ffffffffffff";
}

export function textColumns(columns: readonly Column[]): string[] {
  return columns.filter(({ type, canSelect }) => type === "text" && canSelect).map(({ name }) => name).slice(
    0,
    3,
  );
}

/** What the owner may change, unchanged: every such column travels in its own type. */
function updatable({ columns }: Relation, row: Row): Row {
  const names = columns.filter(({ canUpdate, canSelect }) => canUpdate && canSelect).map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}
