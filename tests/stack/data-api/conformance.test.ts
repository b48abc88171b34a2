import { testErrors } from "./cases/errors.ts";
import { testFilters } from "./cases/filters.ts";
import { testFunctions } from "./cases/functions.ts";
import { testReads } from "./cases/reads.ts";
import { testTokens } from "./cases/tokens.ts";
import { testValues } from "./cases/values.ts";
import { testWrites } from "./cases/writes.ts";
import { openRig, type Rig } from "./support/open-rig.ts";

/** The Data API answers as the PostgREST 14 documentation says, on relations of every kind. */
let rig: Rig;
Deno.test.beforeAll(async () => {
  rig = await openRig(27050);
});
Deno.test.afterAll(async () => await rig[Symbol.asyncDispose]());

for (const test of [testValues, testFilters, testReads, testWrites, testFunctions, testErrors, testTokens]) {
  test(() => rig);
}
