import assert from "node:assert/strict";
import type { PostgrestError } from "@supabase/supabase-js";
import { createWorld, type World } from "../../privacy/support/world.ts";
import { askPostgres, type ExpectedAnswer } from "./support/ask-postgres.ts";
import { type Catalog, fillShape, readCatalog } from "./support/fill-shape.ts";
import { sendShape } from "./support/send-shape.ts";
import { toSkeleton } from "./support/to-skeleton.ts";

/**
 * Every query the product sends, run by the official client and compared with what the database itself says:
 * PostgREST's answer is its rows as JSON. `npm run ok` keeps the list complete.
 */
const shapes: string[] = JSON.parse(
  await Deno.readTextFile(new URL("../../../scripts/query-shapes/shapes.json", import.meta.url)),
);
const options = { sanitizeOps: false, sanitizeResources: false };
const errors: string[] = [];
let world: World;
let catalog: Catalog;

Deno.test.beforeAll(async () => {
  world = await createWorld(27100);
  catalog = await readCatalog(world);
});
Deno.test.afterAll(async () => await world[Symbol.asyncDispose]());

for (const shape of inOrder(shapes)) {
  Deno.test(`PostgREST's answer to ${shape}`, options, async () => {
    const filled = await fillShape(world, catalog, shape);
    const expected = await askPostgres(world, filled);
    const { answer, headers } = await sendShape(world, filled);
    if (expected.error) errors.push(`${expected.error.code} ${expected.error.message}: ${shape}`);

    assert.deepEqual(toSkeleton(toFields(answer.error)), toSkeleton(expected.error));
    assert.equal(answer.status, expected.status, JSON.stringify(answer.error));
    assert.equal(answer.count, null);
    const isRead = shape.startsWith("from") && !/\.(insert|update|delete)\(/.test(shape);
    const view = isRead ? (value: unknown) => value : toSkeleton;
    assert.deepEqual(view(answer.data), view(expected.data));
    if (answer.status >= 400 || answer.status === 204) return;
    const isOne = /\.single\(/.test(shape);
    if (answer.data !== null) {
      const type = isOne ? "application/vnd.pgrst.object+json" : "application/json";
      assert.equal(headers.get("content-type"), `${type}; charset=utf-8`);
    }
    assert.match(headers.get("content-range")!, /^(\d+-\d+|\*)\/\*$/);
  });
}

Deno.test("most calls are tried with arguments that are accepted", options, () => {
  assert.ok(errors.length < shapes.length / 5, `${errors.length} of ${shapes.length}:\n${errors.join("\n")}`);
});

/** Reads first, then writes, then functions; then what removes something; the session ends last. */
function inOrder(all: readonly string[]): string[] {
  const rank = (shape: string) => {
    if (/end_/.test(shape)) return 4;
    if (/delete|remove|finish|forget|disconnect/.test(shape)) return 3;
    if (shape.startsWith("rpc")) return 2;
    return /\.(insert|update)\(/.test(shape) ? 1 : 0;
  };
  return [...all].sort((one, other) => rank(one) - rank(other));
}

function toFields(error: PostgrestError | null): ExpectedAnswer["error"] {
  return error && { code: error.code, message: error.message, details: error.details, hint: error.hint };
}
