import assert from "node:assert/strict";
import { splitSql } from "../../stack/database/split-sql.ts";

function texts(source: string): string[] {
  return splitSql(source).map((statement) => statement.text);
}

Deno.test("statements end at semicolons, the last one at the end", () => {
  assert.deepEqual(texts("select 1; select 2 ;\n\nselect 3"), ["select 1", "select 2", "select 3"]);
});

Deno.test("a statement knows the line it starts on", () => {
  const lines = splitSql("-- header\n\nselect 1;\n/* two\nlines */ select 2;\n\n-- end\n").map(({ line }) =>
    line
  );
  assert.deepEqual(lines, [3, 5]);
});

Deno.test("semicolons in strings, names and comments end nothing", () => {
  const source = `select 'a;''b', "c;d", e'it\\'s;' -- x;y\n, 1 /* ; /* ; */ ; */;select 2`;
  assert.equal(texts(source).length, 2);
});

Deno.test("dollar quotes are kept whole, whatever their tag", () => {
  const body = "do $body$ begin perform 1; execute $$ select ';' $$; end $body$";
  assert.deepEqual(texts(`${body};\nselect a$1 from t; select $1`), [body, "select a$1 from t", "select $1"]);
});

Deno.test("a begin-atomic body is one statement", () => {
  const body = "create function f() returns int language sql begin atomic select 1; select 2; end";
  assert.deepEqual(texts(`${body}; select 3;`), [body, "select 3"]);
});

Deno.test("a file of comments has no statements", () => {
  assert.deepEqual(texts("-- nothing;\n/* here; */\n;;\n"), []);
});
