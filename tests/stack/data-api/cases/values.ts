import assert from "node:assert/strict";
import type { Rig } from "../support/open-rig.ts";

const MAKER = "00000000-0000-4000-8000-0000000000a1";
const ITEM = {
  maker_id: MAKER,
  title: "All types",
  price: 12.5,
  weight: 1.5,
  serial_number: 9007199254740991,
  is_on: false,
  facts: { list: [1, "x", null], deep: { key: "value" } },
  tags: ["a,b", 'c"d', "e\\f", "{}", ""],
  colour: "green",
  made_on: "2026-01-02",
  made_at: "2026-01-02T03:04:05.678+00:00",
  local_at: "2026-01-02T03:04:05",
  took: "01:02:03",
  amounts: [1.5, 2],
};
const JSON_VALUES = [
  ...[{ a: 1 }, { a: "[1]" }, [1, "x", null], [], {}, 5, 1.5, -0.25, true, false],
  ...["text", "", "5", "true", "null", "[1]", '{"a":1}', 'a "quoted" \\ text, ünïcode ✓'],
];

/** Values travel as Postgres writes them into JSON, whichever way they are asked for. */
export function testValues(rig: () => Rig): void {
  const test = (name: string, work: () => Promise<void>) =>
    Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, work);

  test("written values come back in their JSON types", async () => {
    const { user } = rig();
    await user.from("cf_makers").insert({ id: MAKER, name: "Maker" });
    const { data, status } = await user.from("cf_items").insert({ ...ITEM, code: "types" }).select("*")
      .single();
    assert.equal(status, 201);
    const { id, ...values } = data;
    assert.equal(typeof id, "number");
    assert.deepEqual(values, { ...ITEM, code: "types", second_maker_id: null, stock: 0 });
  });

  test("a read body is what Postgres itself would write", async () => {
    const { user, sql } = rig();
    const [row] = await sql`
      select to_json(t)::text as body from (select * from public.cf_items where code = 'types') t`;
    const { data } = await user.from("cf_items").select("*").eq("code", "types").single();
    assert.deepEqual(data, JSON.parse(row!.body));
    assert.deepEqual(Object.keys(data), Object.keys(JSON.parse(row!.body)));
  });

  test("an insert, an update and an upsert embed the parent as a read does", async () => {
    const { user } = rig();
    const columns =
      "code, price, made_at, facts, serial_number, maker:cf_makers!maker_id(name), second:second_maker_id(id)";
    const expected = (code: string) => ({
      code,
      price: 12.5,
      made_at: ITEM.made_at,
      facts: ITEM.facts,
      serial_number: ITEM.serial_number,
      maker: { name: "Maker" },
      second: null,
    });
    const inserted = await user.from("cf_items").insert({ ...ITEM, code: "embed" }).select(columns).single();
    assert.deepEqual(inserted.data, expected("embed"));
    const several = await user.from("cf_items").insert([{ ...ITEM, code: "e1" }, { ...ITEM, code: "e2" }])
      .select(columns);
    assert.deepEqual(several.data, [expected("e1"), expected("e2")]);
    const updated = await user.from("cf_items").update({ price: 12.5 }).eq("code", "embed").select(columns)
      .single();
    assert.deepEqual(updated.data, expected("embed"));
    const upserted = await user.from("cf_items").upsert({ ...ITEM, code: "embed" }, { onConflict: "code" })
      .select(columns).single();
    assert.deepEqual(upserted.data, expected("embed"));
    const read = await user.from("cf_items").select(columns).eq("code", "embed").single();
    assert.deepEqual(read.data, expected("embed"));
  });

  test("children embed as an array, empty where there are none", async () => {
    const { user } = rig();
    const { data } = await user.from("cf_makers").select(
      "name, items:cf_items!maker_id(code, price), second:cf_items!second_maker_id(id)",
    )
      .eq("id", MAKER).order("code", { referencedTable: "items" }).limit(2, { referencedTable: "items" })
      .single();
    assert.deepEqual(data, {
      name: "Maker",
      items: [{ code: "e1", price: 12.5 }, { code: "e2", price: 12.5 }],
      second: [],
    });
  });

  test("an inner embed and a filter on it leave out other rows", async () => {
    const { user } = rig();
    await user.from("cf_items").insert({ title: "Nobody's", code: "orphan" });
    const { data } = await user.from("cf_items").select("code, maker:cf_makers!maker_id!inner(name)")
      .eq("maker.name", "Maker").in("code", ["e1", "orphan"]);
    assert.deepEqual(data, [{ code: "e1", maker: { name: "Maker" } }]);
  });

  test("an embed with two ways to go is ambiguous", async () => {
    const { status, error } = await rig().user.from("cf_items").select("id, cf_makers(name)");
    assert.deepEqual([status, error!.code], [300, "PGRST201"]);
  });

  test("JSON paths and casts of a table's own columns", async () => {
    const { user } = rig();
    const { data } = await user.from("cf_items").select(
      "facts->list, facts->deep->>key, none:facts->>nope, price::text",
    )
      .eq("code", "types").single();
    assert.deepEqual(data, { list: [1, "x", null], key: "value", none: null, price: "12.5000" });
  });

  for (const value of JSON_VALUES) {
    test(`the JSON value ${JSON.stringify(value)} is stored, filtered and passed as it is`, async () => {
      const { user } = rig();
      const code = crypto.randomUUID();
      const inserted = await user.from("cf_items").insert({ title: "JSON", code, facts: value }).select(
        "facts",
      ).single();
      assert.deepEqual(inserted.data, { facts: value });
      const updated = await user.from("cf_items").update({ facts: value }).eq("code", code).select("facts");
      assert.deepEqual(updated.data, [{ facts: value }]);
      const found = await user.from("cf_items").select("facts").eq("code", code).eq(
        "facts",
        JSON.stringify(value),
      );
      assert.deepEqual(found.data, [{ facts: value }]);
      assert.deepEqual((await user.rpc("cf_echo", { value })).data, value);
    });
  }

  test("a null in a JSON column and argument is the database's null", async () => {
    const { user, sql } = rig();
    await user.from("cf_items").insert({ title: "Null", code: "null", facts: null });
    const [row] = await sql`select facts is null as is_null from public.cf_items where code = 'null'`;
    assert.equal(row!.is_null, true);
    assert.equal((await user.rpc("cf_echo", { value: null })).data, null);
  });
}
