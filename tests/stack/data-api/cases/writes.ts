import assert from "node:assert/strict";
import type { Rig, WireAnswer } from "../support/open-rig.ts";

const OBJECT = "application/vnd.pgrst.object+json";
const ROWS = "return=representation";

/** What inserts, updates, upserts and deletes answer, and what a refused one leaves behind. */
export function testWrites(rig: () => Rig): void {
  const test = (name: string, work: () => Promise<void>) =>
    Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, work);
  const told = ({ status, headers, text }: WireAnswer) => [status, headers.get("content-range"), text];
  const insert = (body: unknown, prefer = "", query = "") =>
    rig().send(`cf_items${query}`, { method: "POST", headers: { prefer }, body });

  test("an insert is 201 and silent unless rows are asked for", async () => {
    assert.deepEqual(told(await insert({ title: "w", code: "w1" })), [201, "*/*", ""]);
    assert.deepEqual(told(await insert({ title: "w", code: "w2" }, "return=minimal")), [201, "*/*", ""]);
    const rows = await insert({ title: "w", code: "w3" }, ROWS, "?select=code");
    assert.deepEqual(told(rows), [201, "*/*", '[{"code":"w3"}]']);
    assert.equal(rows.headers.get("preference-applied"), ROWS);
    assert.deepEqual(told(await insert({ title: "w", code: "w4" }, "count=exact")), [201, "*/1", ""]);
    const headersOnly = await insert({ title: "w", code: "w5" }, "return=headers-only");
    assert.match(headersOnly.headers.get("location")!, /^\/cf_items\?id=eq\.\d+$/);
  });

  test("inserting nothing is 201 with no rows", async () => {
    assert.deepEqual(told(await insert([])), [201, "*/*", ""]);
    assert.deepEqual(told(await insert([], ROWS, "?select=id")), [201, "*/*", "[]"]);
  });

  test("several rows go in together or not at all", async () => {
    const { user } = rig();
    const refused = await user.from("cf_items").insert([{ title: "a", code: "all" }, {
      title: "",
      code: "none",
    }]);
    assert.deepEqual([refused.status, refused.error!.code], [400, "23514"]);
    assert.deepEqual((await user.from("cf_items").select("id").eq("code", "all")).data, []);
  });

  test("rows of unequal keys have nulls where a key is missing", async () => {
    const { user } = rig();
    const { data } = await user.from("cf_items").insert([{ title: "u", price: 1 }, { title: "u" }]).select(
      "price",
    );
    assert.deepEqual(data, [{ price: 1 }, { price: null }]);
    const refused = await user.from("cf_items").insert([{ title: "u", stock: 1 }, { title: "u" }]);
    assert.deepEqual([refused.status, refused.error!.code], [400, "23502"]);
  });

  test("a body that holds no row is 400", async () => {
    for (
      const [body, code] of [["", "PGRST102"], ["{", "PGRST102"], ["null", "PGRST102"], ["[5]", "PGRST102"]]
    ) {
      const answer = await insert(body);
      assert.deepEqual([answer.status, (answer.body as { code: string }).code], [400, code], body);
    }
    const unknown = await insert({ title: "x", nope: 1 });
    assert.deepEqual([unknown.status, unknown.body], [400, {
      code: "PGRST204",
      details: null,
      hint: null,
      message: "Could not find the 'nope' column of 'cf_items' in the schema cache",
    }]);
  });

  test("an update is 204, or 200 with its rows", async () => {
    const { send } = rig();
    const update = (query: string, prefer = "") =>
      send(`cf_items?${query}`, { method: "PATCH", headers: { prefer }, body: { title: "changed" } });
    assert.equal((await update("code=eq.w1")).status, 204);
    assert.equal((await update("code=eq.w1")).text, "");
    assert.deepEqual(told(await update("code=eq.nobody")), [204, "*/*", ""]);
    assert.deepEqual(told(await update("code=eq.w1&select=title", ROWS)), [
      200,
      "0-0/*",
      '[{"title":"changed"}]',
    ]);
    assert.deepEqual(told(await update("code=eq.nobody&select=title", ROWS)), [200, "*/*", "[]"]);
    const empty = await send("cf_items?code=eq.w1", { method: "PATCH", body: {} });
    assert.deepEqual(told(empty), [204, "*/*", ""]);
  });

  test("an upsert merges, ignores or adds", async () => {
    const { user } = rig();
    const upsert = (title: string, ignoreDuplicates: boolean, code = "up") =>
      user.from("cf_items").upsert({ title, code }, { onConflict: "code", ignoreDuplicates }).select("title");
    const added = await upsert("first", false);
    assert.deepEqual([added.status, added.data], [201, [{ title: "first" }]]);
    const merged = await upsert("second", false);
    assert.deepEqual([merged.status, merged.data], [200, [{ title: "second" }]]);
    assert.deepEqual((await upsert("third", true)).data, []);
    assert.deepEqual((await user.from("cf_items").select("title").eq("code", "up")).data, [{
      title: "second",
    }]);
  });

  test("a delete is 204, or 200 with its rows", async () => {
    const { send, user } = rig();
    assert.deepEqual(told(await send("cf_items?code=eq.w1", { method: "DELETE" })), [204, "*/*", ""]);
    assert.deepEqual(told(await send("cf_items?code=eq.w1", { method: "DELETE" })), [204, "*/*", ""]);
    const rows = await user.from("cf_items").delete().eq("code", "w2").select("code");
    assert.deepEqual([rows.status, rows.data], [200, [{ code: "w2" }]]);
    const counted = await user.from("cf_items").delete({ count: "exact" }).in("code", ["w3", "w4"]);
    assert.equal(counted.count, 2);
  });

  test("a write refused for its number of rows changes nothing", async () => {
    const { user } = rig();
    await user.from("cf_items").insert([{ title: "two", weight: 2 }, { title: "two", weight: 2 }]);
    const two = () => user.from("cf_items").select("title").eq("weight", 2).order("id");
    const update = await user.from("cf_items").update({ title: "lost" }).eq("weight", 2).select("id")
      .single();
    assert.deepEqual([update.status, update.error!.code], [406, "PGRST116"]);
    assert.deepEqual((await two()).data, [{ title: "two" }, { title: "two" }]);
    const remove = await user.from("cf_items").delete().eq("weight", 2).select("id").single();
    assert.deepEqual([remove.status, remove.error!.code], [406, "PGRST116"]);
    assert.equal((await two()).data!.length, 2);
    const nobody = await user.from("cf_items").update({ title: "lost" }).eq("code", "nobody").select("id")
      .single();
    assert.deepEqual([nobody.status, nobody.error!.details], [406, "The result contains 0 rows"]);
  });

  test("one object comes back where one is wanted", async () => {
    const wire = await rig().send("cf_items?select=code,maker_id(name)", {
      method: "POST",
      headers: { prefer: ROWS, accept: OBJECT },
      body: { title: "one", code: "one" },
    });
    assert.deepEqual([wire.status, wire.text], [201, '{"code":"one","maker_id":null}']);
    assert.equal(wire.headers.get("content-type"), `${OBJECT}; charset=utf-8`);
  });

  test("row level security hides, refuses and forces", async () => {
    const { user, sql } = rig();
    await user.from("cf_items").insert({ id: 900_000, title: "noted" });
    await sql`insert into public.cf_notes (id, item_id, user_id, body) values (1, 900000, gen_random_uuid(), 'theirs')`;
    const own = await user.from("cf_notes").insert({ id: 2, item_id: 900_000, body: "mine" }).select(
      "id, body",
    ).single();
    assert.deepEqual(own.data, { id: 2, body: "mine" });
    assert.deepEqual((await user.from("cf_notes").select("body")).data, [{ body: "mine" }]);
    const foreign = { id: 3, item_id: 900_000, body: "x", user_id: crypto.randomUUID() };
    const refused = await user.from("cf_notes").insert(foreign);
    assert.deepEqual([refused.status, refused.error!.code, refused.error!.message], [
      403,
      "42501",
      'new row violates row-level security policy for table "cf_notes"',
    ]);
    const hidden = await user.from("cf_notes").insert({ id: 4, item_id: 900_000, body: "x", hidden: "x" });
    assert.deepEqual([hidden.status, hidden.error!.code], [403, "42501"]);
    assert.equal((await user.from("cf_notes").select("hidden")).error!.code, "42501");
    assert.equal((await user.from("cf_notes").select("*")).error!.code, "42501");
    assert.equal((await user.from("cf_notes").update({ body: "x" }).eq("id", 2)).error!.code, "42501");
  });
}
