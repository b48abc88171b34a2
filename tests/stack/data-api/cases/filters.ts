import assert from "node:assert/strict";
import { searchPattern } from "../../../../web/src/lib/search-pattern.ts";
import type { Rig } from "../support/open-rig.ts";

const TITLES = [
  ...["plain", "50% off, (new)", 'say "hi"', "back\\slash", "under_score", "comma,", "paren)", "(both)"],
  ...["grüße ✓ 日本", "dot.eq.x", "a'b", "brace{1}", "[x]", "q?", "caret^", "$5", "a+b", "pipe|x", "colon:x"],
  ...[
    "amp&x=1",
    "hash#x",
    "  spaces  ",
    "5",
    "null",
    "true",
    '"',
    "\\",
    '\\"',
    "%",
    "new\nline",
    "tab\t",
    "007",
    "1e5",
    "-0",
    "NaN",
    "t",
  ],
];
const AS_MATCH = /[\\^$.*+?()[\]{}|]/g;

/** As PostgREST wants a value in a logic tree: in quotes, with quotes and backslashes escaped. */
const quote = (value: string) => `"${value.replace(/[\\"]/g, "\\$&")}"`;

/** Filters find the same rows however odd the value is. */
export function testFilters(rig: () => Rig): void {
  const test = (name: string, work: () => Promise<void>) =>
    Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, work);
  const find = async (filter: string) => {
    const { data, error } = await rig().user.from("cf_items").select("title").eq("weight", 77).or(filter)
      .order("id");
    assert.equal(error, null, filter);
    return data!.map(({ title }) => title);
  };

  test("rows with odd titles are stored at once", async () => {
    const rows = TITLES.map((title) => ({ title, weight: 77 }));
    const { data } = await rig().user.from("cf_items").insert(rows).select("title");
    assert.deepEqual(data!.map(({ title }) => title), TITLES);
  });

  for (const title of TITLES) {
    test(`the title ${JSON.stringify(title)} is found by every filter`, async () => {
      const { user } = rig();
      const items = () => user.from("cf_items").select("title").eq("weight", 77);
      assert.deepEqual((await items().eq("title", title)).data, [{ title }]);
      // The client sends a list's values without escaping quotes in them.
      if (!title.startsWith('"')) {
        assert.deepEqual((await items().in("title", [title, "no such title"])).data, [{ title }]);
      }
      assert.deepEqual(await find(`title.eq.${quote(title)},code.eq.${quote(title)}`), [title]);
      assert.deepEqual(await find(`title.in.(${quote(title)},"no, such"),code.eq."x"`), [title]);
      assert.deepEqual(await find(`and(title.eq.${quote(title)},title.not.in.("x,y")),code.eq.x`), [title]);
      const like = title.replace(/[\\%_]/g, "\\$&");
      assert.deepEqual(await find(`title.like.${quote(like)},code.like.${quote(like)}`), [title]);
      assert.deepEqual(
        await find(`title.ilike.${quote(like.replace(/[a-z]/g, (sign) => sign.toUpperCase()))},code.eq.""`),
        [title],
      );
      const match = `^${title.replace(AS_MATCH, "\\$&")}$`;
      assert.deepEqual(await find(`title.match.${quote(match)},code.match.${quote(match)}`), [title]);
      assert.deepEqual(await find(`title.imatch.${quote(match)},code.imatch.${quote(match)}`), [title]);
      const others = await find(`title.neq.${quote(title)},code.eq.x`);
      assert.deepEqual(others, TITLES.filter((one) => one !== title));
    });
  }

  test("the web app's search finds every title by itself", async () => {
    for (const title of TITLES.filter((one) => one.trim() === one && !one.includes("\n"))) {
      assert.ok((await find(searchPattern(["title", "code"], title))).includes(title), title);
    }
  });

  test("patterns with % and * match in quotes", async () => {
    assert.deepEqual(await find('title.ilike."%OFF, (%",code.eq.x'), ["50% off, (new)"]);
    assert.deepEqual(await find('title.ilike."*OFF, (*",code.eq.x'), ["50% off, (new)"]);
    assert.deepEqual(await find("title.ilike.*slash*,code.eq.x"), ["back\\slash"]);
  });

  test("arrays, JSON and numbers keep their own quotes in a logic tree", async () => {
    const { user } = rig();
    await user.from("cf_items").insert({
      title: "kept",
      weight: 77,
      stock: 7,
      tags: ["a,b", 'c"d'],
      facts: { k: 'v"' },
    });
    assert.deepEqual(await find('tags.cs.{"a,b"},title.eq."x"'), ["kept"]);
    assert.deepEqual(await find('facts->>k.eq."v\\"",title.eq."x"'), ["kept"]);
    assert.deepEqual(await find('stock.eq."7",title.eq."x"'), ["kept"]);
    assert.deepEqual((await user.from("cf_items").select("title").contains("facts", { k: 'v"' })).data, [{
      title: "kept",
    }]);
  });

  test("nulls, comparisons and negations", async () => {
    const { user } = rig();
    const items = () =>
      user.from("cf_items").select("title").eq("weight", 77).in("title", ["kept", "plain"]).order("title");
    assert.deepEqual((await items().is("facts", null)).data, [{ title: "plain" }]);
    assert.deepEqual((await items().not("facts", "is", null)).data, [{ title: "kept" }]);
    assert.deepEqual((await items().gt("stock", 6)).data, [{ title: "kept" }]);
    assert.deepEqual((await items().lt("stock", 7)).data, [{ title: "plain" }]);
    assert.deepEqual((await items().gte("made_at", "2999-01-01T00:00:00Z")).data, []);
    assert.deepEqual((await items().in("title", [])).data, []);
  });

  test("a filter that cannot be read is 400", async () => {
    const { send, user } = rig();
    const cases: [string, string][] = [
      ["cf_items?id=foo.1", "PGRST100"],
      ["cf_items?or=()", "PGRST100"],
      ["cf_items?order=title.sideways", "PGRST100"],
      ["cf_items?is_on=is.maybe", "PGRST100"],
      ["cf_items?id=eq.x", "22P02"],
      ["cf_items?id=in.(x)", "22P02"],
      ["cf_items?maker_id=eq.x", "22P02"],
      ["cf_items?made_at=gt.x", "22007"],
      ["cf_items?title=match.(", "2201B"],
      ["cf_items?select=nope", "42703"],
      ["cf_items?nope=eq.1", "42703"],
      ["cf_items?order=nope", "42703"],
      ["cf_items?select=id,nope(id)", "PGRST200"],
    ];
    for (const [path, code] of cases) {
      const answer = await send(path);
      assert.deepEqual([answer.status, (answer.body as { code: string }).code], [400, code], path);
    }
    const { error } = await user.from("cf_items").select("nope");
    assert.equal(error!.message, "column cf_items.nope does not exist");
  });
}
