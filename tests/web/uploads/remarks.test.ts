import assert from "node:assert/strict";
import { REMARKS } from "../../../web/src/features/uploads/uploader/upload-problem.ts";

Deno.test("the page of error codes lists what the uploader says by itself", async () => {
  const page = await Deno.readTextFile(new URL("../../../docs/errors.md", import.meta.url));
  const section = page.slice(page.indexOf("## Made in the browser"));
  const listed = [...section.matchAll(/^\| `([a-z_]+)` *\|/gm)].map(([, code]) => code);
  const ownCodes = [...Object.keys(REMARKS), "network_error", "unexpected_answer"];
  assert.deepEqual(listed.toSorted(), ownCodes.toSorted());
});

Deno.test("what the uploader says are sentences", () => {
  for (const [code, sentence] of Object.entries(REMARKS)) assert.match(sentence, /^[A-Z].*\.$/, code);
});
