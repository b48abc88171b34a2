import assert from "node:assert/strict";
import { readConsentAnswer } from "../../../web/src/app/read-consent-answer.ts";

Deno.test("readConsentAnswer reads code and state", () => {
  assert.deepEqual(readConsentAnswer("#provider=onedrive&code=M.C5_SIM.2%24&state=abc"), {
    kind: "granted",
    provider: "onedrive",
    code: "M.C5_SIM.2$",
    state: "abc",
  });
});

Deno.test("readConsentAnswer tells a refusal from a failure", () => {
  const refused = readConsentAnswer("#provider=onedrive&error=access_denied&error_description=text");
  assert.deepEqual(refused, { kind: "failed", message: "You did not give access, so nothing was changed." });
  const failed = readConsentAnswer("#error=server_error&error_description=Try+later.");
  assert.deepEqual(failed, { kind: "failed", message: "Try later." });
});

Deno.test("readConsentAnswer refuses a code without a state", () => {
  for (const hash of ["", "#", "#code=abc", "#state=abc"]) {
    assert.equal(readConsentAnswer(hash).kind, "failed", hash);
  }
});
