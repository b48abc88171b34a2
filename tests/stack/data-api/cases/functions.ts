import assert from "node:assert/strict";
import type { Rig } from "../support/open-rig.ts";

const ROW = { id: 1, amount: 1.5, at: "2026-01-02T03:04:05+00:00", facts: { i: 1 } };

/** What calls of database functions answer. */
export function testFunctions(rig: () => Rig): void {
  const test = (name: string, work: () => Promise<void>) =>
    Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, work);

  const scalars: [name: string, args: Record<string, unknown>, expected: unknown][] = [
    ["cf_true", {}, true],
    ["cf_null", {}, null],
    ["cf_numeric", {}, 12.5],
    ["cf_bigint", {}, 9007199254740992],
    ["cf_time", {}, "2026-01-02T03:04:05.678+00:00"],
    ["cf_list", {}, [1, 2, 3]],
    ["cf_array", { items: ["a,b", 'c"d', "e\\f", "{}", ""] }, ["a,b", 'c"d', "e\\f", "{}", ""]],
    ["cf_echo_text", { value: '[1], "x" \\ ✓\n' }, '[1], "x" \\ ✓\n'],
    ["cf_echo_text", { value: "" }, ""],
    ["cf_defaults", { a: 1 }, 11],
    ["cf_defaults", { a: 1, b: undefined }, 11],
    ["cf_defaults", { b: 5, a: 1 }, 6],
    ["cf_defaults", { a: 1, b: null }, null],
    ["cf_table", { n: 1 }, [ROW]],
    ["cf_table", { n: 0 }, []],
  ];
  for (const [name, args, expected] of scalars) {
    test(`${name} with ${JSON.stringify(args)} answers ${JSON.stringify(expected)}`, async () => {
      const { data, status, error } = await rig().user.rpc(name, args);
      assert.deepEqual([error, status, data], [null, 200, expected]);
    });
  }

  test("a function of json answers its text, keys as they stand", async () => {
    const { status, text } = await rig().send("rpc/cf_json", { method: "POST", body: {} });
    assert.deepEqual([status, text], [200, '{"rows":[{"b":1,"a":"]"},{"x":"é","y":[null]}],"next":"0a"}']);
  });

  test("a function without a result is 204", async () => {
    const answer = await rig().send("rpc/cf_nothing", { method: "POST", body: {} });
    assert.deepEqual([answer.status, answer.text], [204, ""]);
    assert.equal((await rig().user.rpc("cf_nothing")).data, null);
  });

  test("rows of a function are selected, filtered, sorted and counted", async () => {
    const { user } = rig();
    const page = await user.rpc("cf_table", { n: 5 }, { count: "exact" }).select("id").gt("id", 1)
      .order("id", { ascending: false }).limit(2);
    assert.deepEqual([page.status, page.data, page.count], [206, [{ id: 5 }, { id: 4 }], 4]);
  });

  test("one row of a function is an object where one is wanted", async () => {
    const { user } = rig();
    assert.deepEqual((await user.rpc("cf_table", { n: 1 }).single()).data, ROW);
    const several = await user.rpc("cf_table", { n: 2 }).single();
    assert.deepEqual([several.status, several.error!.code], [406, "PGRST116"]);
    const none = await user.rpc("cf_table", { n: 0 }).maybeSingle();
    assert.deepEqual([none.data, none.error], [null, null]);
  });

  test("a function of one row answers an object", async () => {
    const { user } = rig();
    const { data: item } = await user.from("cf_items").insert({ title: "row", price: 2.5 }).select("*")
      .single();
    assert.deepEqual((await user.rpc("cf_one_row", { wanted: item.id })).data, item);
  });

  test("a call with other arguments finds no function", async () => {
    const { user } = rig();
    const nobody = await user.rpc("no_such_function", { a: 1 });
    assert.deepEqual([nobody.status, nobody.error!.code], [404, "PGRST202"]);
    assert.equal(
      nobody.error!.message,
      "Could not find the function public.no_such_function(a) in the schema cache",
    );
    for (const args of [{}, { b: 1 }, { a: 1, c: 1 }]) {
      const { status, error } = await user.rpc("cf_defaults", args);
      assert.deepEqual([status, error!.code], [404, "PGRST202"], JSON.stringify(args));
    }
    const wrong = await user.rpc("cf_defaults", { a: "x" });
    assert.deepEqual([wrong.status, wrong.error!.code], [400, "22P02"]);
    for (const items of [5, { a: 1 }, "x"]) {
      const list = await user.rpc("cf_array", { items });
      assert.deepEqual([list.status, list.error!.code], [400, "22P02"], JSON.stringify(items));
    }
  });

  test("a function nobody was granted is refused", async () => {
    const { user, anonymous, service } = rig();
    assert.deepEqual([(await user.rpc("cf_closed_call")).status], [403]);
    assert.deepEqual([(await service.rpc("cf_closed_call")).status], [403]);
    const stranger = await anonymous.rpc("cf_closed_call");
    assert.deepEqual([stranger.status, stranger.error!.code], [401, "42501"]);
    assert.equal(stranger.error!.message, "permission denied for function cf_closed_call");
  });

  test("a statement that takes too long is cut off", async () => {
    const { status, error } = await rig().anonymous.rpc("cf_sleep", { seconds: 5 });
    assert.deepEqual([status, error!.code], [500, "57014"]);
    assert.equal(error!.message, "canceling statement due to statement timeout");
  });
}
