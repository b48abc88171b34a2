import assert from "node:assert/strict";
import { PUBLISH_NOTICES } from "../../../supabase/functions/_shared/contracts/publish-notices.ts";
import { PUBLISH_FAILURES } from "../../../supabase/functions/_shared/contracts/publish-failures.ts";

const ROOT = new URL("../../../", import.meta.url);

Deno.test("Failures of posts: the page lists exactly those there are", async () => {
  const page = await Deno.readTextFile(new URL("docs/errors.md", ROOT));
  const section = /^## Why a post waits or failed\n([^]*?)^## /m.exec(page)?.[1] ?? "";
  const listed = [...section.matchAll(/^\| `([a-z_]+)` /gm)].map(([, code]) => code!);
  assert.deepEqual(listed.toSorted(), Object.keys(PUBLISH_FAILURES).toSorted());
});

Deno.test("Notices of posts: the page lists exactly those there are", async () => {
  const page = await Deno.readTextFile(new URL("docs/errors.md", ROOT));
  const section = /^## What to know of a published post\n([^]*?)^## /m.exec(page)?.[1] ?? "";
  const listed = [...section.matchAll(/^\| `([a-z_]+)` /gm)].map(([, code]) => code!);
  assert.deepEqual(listed.toSorted(), Object.keys(PUBLISH_NOTICES).toSorted());
});

Deno.test("Failures and notices of posts: what SQL says by itself is among them", async () => {
  const folder = new URL("supabase/migrations/", ROOT);
  let found = 0;
  for await (const { name } of Deno.readDir(folder)) {
    // Mails have codes of their own.
    if (name < "20261121002100" || name.includes("mail")) continue;
    const sql = await Deno.readTextFile(new URL(name, folder));
    for (const [, code] of sql.matchAll(/error_code = '([a-z_]+)'/g)) {
      assert.ok(code! in PUBLISH_FAILURES || code! in PUBLISH_NOTICES, `${code} in ${name}`);
      found++;
    }
  }
  assert.ok(found > 0);
});

Deno.test("Failures of posts: every one is a sentence", () => {
  for (const [code, message] of Object.entries(PUBLISH_FAILURES)) assert.match(message, /^[A-Z].*\.$/, code);
});
