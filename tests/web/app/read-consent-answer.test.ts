import assert from "node:assert/strict";
import { readConsentAnswer } from "../../../web/src/app/read-consent-answer.ts";

Deno.test("readConsentAnswer reads code and state", () => {
  assert.deepEqual(
    readConsentAnswer("#provider=onedrive&code=M.C5_SIM.2%24&state=abc"),
    {
      kind: "granted",
      provider: "onedrive",
      code: "M.C5_SIM.2$",
      state: "abc",
    },
  );
});

Deno.test("readConsentAnswer tells a refusal from a failure", () => {
  const refused = readConsentAnswer(
    "#provider=onedrive&error=access_denied&error_description=text",
  );
  assert.deepEqual(refused, {
    kind: "failed",
    provider: "onedrive",
    message: "You did not give access, so nothing was changed.",
    code: "access_denied",
  });
  const failed = readConsentAnswer(
    "#error=server_error&error_description=Try+later.",
  );
  assert.deepEqual(failed, {
    kind: "failed",
    provider: "onedrive",
    message: "Try later.",
    code: "server_error",
  });
});

Deno.test("readConsentAnswer says when an administrator has to approve", () => {
  const text = encodeURIComponent(
    "AADSTS90094: The grant requires admin permission.\r\nTrace ID: 1",
  );
  const answer = readConsentAnswer(
    `#error=access_denied&error_description=${text}`,
  );
  assert.ok(answer.kind === "failed" && /administrator/.test(answer.message));
});

Deno.test("readConsentAnswer leaves out what Microsoft writes for its support", () => {
  const text = encodeURIComponent(
    "AADSTS50011: The redirect URI does not match.\r\nTrace ID: 1\r\nTimestamp: 2",
  );
  const answer = readConsentAnswer(
    `#error=invalid_request&error_description=${text}`,
  );
  assert.ok(
    answer.kind === "failed" &&
      answer.message === "The redirect URI does not match.",
  );
});

Deno.test("readConsentAnswer refuses a code without a state", () => {
  for (const hash of ["", "#", "#code=abc", "#state=abc"]) {
    assert.equal(readConsentAnswer(hash).kind, "failed", hash);
  }
});
