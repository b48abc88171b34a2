import assert from "node:assert/strict";
import { findShapes } from "../../../scripts/query-shapes/find-shapes.ts";
import { parseShape } from "./support/parse-shape.ts";

const find = (text: string) => findShapes("example.ts", text);

Deno.test("a query has the shape of its calls, at its line", () => {
  const found = find(`
    const COLUMNS = "id, name";
    const answer = await supabase.from("notes")
      .select(COLUMNS, { count: "exact" }).eq("user_id", id).order("at", { ascending: false }).limit(3).single();`);
  assert.deepEqual(found, [{
    line: 3,
    shapes: [
      "from(notes).select(id,name; count=exact).eq(user_id).order(at; ascending=false).limit().single()",
    ],
  }]);
});

Deno.test("a long list of columns may be joined from parts", () => {
  const [found] = find(`
    const COLUMNS = "id,name," +
      "at";
    await supabase.from("notes").select(COLUMNS);`);
  assert.deepEqual(found!.shapes, ["from(notes).select(id,name,at)"]);
});

Deno.test("a query built in steps has a shape for each way through it", () => {
  const [found] = find(`
    async function list() {
      let query = asCaller(token).from("notes").select("*");
      if (a) query = query.eq("a", a);
      if (b) query = query.or(b);
      const page = query.range(0, 9);
      return await page.abortSignal(signal);
    }`);
  assert.deepEqual(found!.shapes, [
    "from(notes).select(*).range()",
    "from(notes).select(*).eq(a).range()",
    "from(notes).select(*).or().range()",
    "from(notes).select(*).eq(a).or().range()",
  ]);
});

Deno.test("a call of a function has the names of its arguments", () => {
  const [found] = find(`await admin.rpc("add", { p_a: 1, p_b: undefined, p_c }).single();`);
  assert.deepEqual(found!.shapes, ["rpc(add: p_a, p_b, p_c).single()"]);
});

Deno.test("what cannot be read is a problem, not a silence", () => {
  const problems = [
    `await supabase.from(table).select("id");`,
    "await supabase.from(`x${y}`).select();",
    `await supabase.rpc("add", args);`,
    `await supabase.from("notes").select(columns);`,
    `await supabase.from("notes").select("id," + columns);`,
    `await supabase.from("notes").newMethod();`,
    `async function f() { const query = supabase.from("notes").select("id"); send(query); }`,
    `await supabase.from("notes").select("id", options);`,
    `function f() { return supabase.from("notes").select("id"); }`,
    `send(supabase.from("notes").select("id"));`,
  ];
  for (const text of problems) {
    const [found] = find(text);
    assert.ok(found!.problem, text);
    assert.deepEqual(found!.shapes, []);
  }
});

Deno.test("arrays and Storage are no queries", () => {
  assert.deepEqual(find(`Array.from("x"); supabase.storage.from("posters").list();`), []);
});

Deno.test("a shape is read as it was written", () => {
  assert.deepEqual(
    parseShape("from(notes).select(id,author:user_id(name); count=exact).order(at; ascending=false)"),
    [
      { method: "from", args: ["notes"], options: {} },
      { method: "select", args: ["id,author:user_id(name)"], options: { count: "exact" } },
      { method: "order", args: ["at"], options: { ascending: false } },
    ],
  );
  assert.deepEqual(parseShape("rpc(add: p_a, p_b).single()"), [
    { method: "rpc", args: ["add", "p_a", "p_b"], options: {} },
    { method: "single", args: [], options: {} },
  ]);
  assert.deepEqual(parseShape("from(notes).delete(count=exact).is(a, null)")[1], {
    method: "delete",
    args: [],
    options: { count: "exact" },
  });
});
