import assert from "node:assert/strict";
import type { Rig } from "../support/open-rig.ts";

const OBJECT = "application/vnd.pgrst.object+json";

/** Pages, counts and single rows. */
export function testReads(rig: () => Rig): void {
  const test = (name: string, work: () => Promise<void>) =>
    Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, work);
  const range = (headers: Headers) => headers.get("content-range");

  test("a page says which rows it holds", async () => {
    const { send } = rig();
    const first = await send("cf_many?order=value&limit=3");
    assert.deepEqual([first.status, range(first.headers), first.text], [
      200,
      "0-2/*",
      '[{"value":1},{"value":2},{"value":3}]',
    ]);
    assert.equal(first.headers.get("content-type"), "application/json; charset=utf-8");
    const second = await send("cf_many?order=value&offset=3&limit=3");
    assert.deepEqual([second.status, range(second.headers)], [200, "3-5/*"]);
    const none = await send("cf_many?value=eq.0");
    assert.deepEqual([none.status, range(none.headers), none.text], [200, "*/*", "[]"]);
  });

  test("a counted page is 206 until it holds everything", async () => {
    const { send } = rig();
    const headers = { prefer: "count=exact" };
    const part = await send("cf_many?order=value&limit=3", { headers });
    assert.deepEqual([part.status, range(part.headers)], [206, "0-2/1205"]);
    assert.equal(part.headers.get("preference-applied"), "count=exact");
    const whole = await send("cf_many?value=lt.4", { headers });
    assert.deepEqual([whole.status, range(whole.headers)], [200, "0-2/3"]);
    const none = await send("cf_many?value=eq.0", { headers });
    assert.deepEqual([none.status, range(none.headers)], [200, "*/0"]);
  });

  test("a page past the end is empty, or 416 when it is counted", async () => {
    const { send } = rig();
    const uncounted = await send("cf_many?offset=5000");
    assert.deepEqual([uncounted.status, uncounted.text], [200, "[]"]);
    const counted = await send("cf_many?offset=5000", { headers: { prefer: "count=exact" } });
    assert.equal(counted.status, 416);
    assert.deepEqual(counted.body, {
      code: "PGRST103",
      details: "An offset of 5000 was requested, but there are only 1205 rows.",
      hint: null,
      message: "Requested range not satisfiable",
    });
    assert.equal((await send("cf_many?limit=-1")).status, 416);
  });

  test("no more than max_rows rows come at once", async () => {
    const { user, send } = rig();
    const { data, count } = await user.from("cf_many").select("value", { count: "exact" }).order("value")
      .limit(5000);
    assert.deepEqual([data!.length, data!.at(-1)!.value, count], [1000, 1000, 1205]);
    const next = await user.from("cf_many").select("value").order("value").range(1000, 1999);
    assert.equal(next.data!.length, 205);
    assert.equal(range((await send("cf_many")).headers), "0-999/*");
  });

  test("a head request counts and sends nothing", async () => {
    const { user, send } = rig();
    const { data, count, status } = await user.from("cf_many").select("*", { count: "exact", head: true }).lt(
      "value",
      11,
    );
    assert.deepEqual([data, count, status], [null, 10, 200]);
    const wire = await send("cf_many?value=lt.11", { method: "HEAD", headers: { prefer: "count=exact" } });
    assert.deepEqual([wire.status, range(wire.headers), wire.text], [200, "0-9/10", ""]);
  });

  test("estimates are numbers", async () => {
    for (const count of ["planned", "estimated"] as const) {
      const answer = await rig().user.from("cf_many").select("value", { count }).limit(1);
      assert.ok(answer.count! > 0, count);
    }
  });

  test("a single row is an object", async () => {
    const { send, user } = rig();
    const wire = await send("cf_many?value=eq.7", { headers: { accept: OBJECT } });
    assert.deepEqual([wire.status, wire.text], [200, '{"value":7}']);
    assert.equal(wire.headers.get("content-type"), `${OBJECT}; charset=utf-8`);
    assert.deepEqual((await user.from("cf_many").select().eq("value", 7).maybeSingle()).data, { value: 7 });
  });

  test("no row or several where one is wanted is 406", async () => {
    const { send, user } = rig();
    for (const [filter, rows] of [["value=eq.0", 0], ["value=lt.3", 2]] as const) {
      const wire = await send(`cf_many?${filter}`, { headers: { accept: OBJECT } });
      assert.equal(wire.status, 406);
      assert.deepEqual(wire.body, {
        code: "PGRST116",
        details: `The result contains ${rows} rows`,
        hint: null,
        message: "Cannot coerce the result to a single JSON object",
      });
    }
    assert.equal((await user.from("cf_many").select().eq("value", 0).single()).error!.code, "PGRST116");
    const maybe = await user.from("cf_many").select().eq("value", 0).maybeSingle();
    assert.deepEqual([maybe.data, maybe.error], [null, null]);
    assert.equal((await user.from("cf_many").select().lt("value", 3).maybeSingle()).error!.code, "PGRST116");
  });

  test("order goes by column, direction and nulls", async () => {
    const { user } = rig();
    await user.from("cf_items").insert([1, null, 3].map((price) => ({ title: "order", weight: 55, price })));
    const prices = async (ascending: boolean, nullsFirst?: boolean) => {
      const { data } = await user.from("cf_items").select("price").eq("weight", 55).order("price", {
        ascending,
        nullsFirst,
      });
      return data!.map(({ price }) => price);
    };
    assert.deepEqual(await prices(true), [1, 3, null]);
    assert.deepEqual(await prices(false), [null, 3, 1]);
    assert.deepEqual(await prices(false, false), [3, 1, null]);
    assert.deepEqual(await prices(true, true), [null, 1, 3]);
  });
}
