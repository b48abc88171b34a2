import assert from "node:assert/strict";
import { openDatabase } from "./support/database.ts";

const LINTS = new URL("./lints/", import.meta.url);
const VIOLATION = /^-- violated by: (.+)$/m;

class RollBack extends Error {}

Deno.test("database lint", async (t) => {
  await using database = await openDatabase();
  const admin = database.connect("supabase_admin", { max: 1 });
  const files = (await Array.fromAsync(Deno.readDir(LINTS), ({ name }) => name)).sort();
  assert.ok(files.length >= 20);

  for (const file of files) {
    const name = file.replace(/\.sql$/, "");
    const source = await Deno.readTextFile(new URL(file, LINTS));

    await t.step(`${name}: our schema has no finding`, async () => {
      const findings = await admin.unsafe<{ finding: string }[]>(source);
      assert.deepEqual(findings.map(({ finding }) => finding), []);
    });

    await t.step(`${name}: a violation is found`, async () => {
      const violation = VIOLATION.exec(source)?.[1];
      assert.ok(violation, `${file} names what violates it`);
      await assert.rejects(
        admin.begin(async (tx) => {
          await tx.unsafe(violation);
          const findings = await tx.unsafe(source);
          assert.ok(findings.length > 0, "the violation was not found");
          throw new RollBack();
        }),
        RollBack,
      );
    });
  }
});
