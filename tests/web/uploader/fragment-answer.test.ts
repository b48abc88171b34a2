import assert from "node:assert/strict";
import { readFragmentAnswer } from "../../../web/src/features/uploads/uploader/fragment-answer.ts";
import { readNextOffset } from "../../../web/src/features/uploads/uploader/next-offset.ts";
import { UploadProblem } from "../../../web/src/features/uploads/uploader/upload-problem.ts";

const read = (status: number, body: unknown = "", retryAfterMs: number | null = null) =>
  readFragmentAnswer({ status, body: typeof body === "string" ? body : JSON.stringify(body), retryAfterMs });
const failure = (code: string, inner: Record<string, unknown> = {}) => ({
  error: { code, message: "text", ...inner },
});

Deno.test("a 202 tells the next offset whatever the form of its ranges", () => {
  for (const nextExpectedRanges of [["100-"], ["100-299"], ["300-", "100-200"]]) {
    const verdict = read(202, { expirationDateTime: "2030-01-02T03:21:40.1Z", nextExpectedRanges });
    assert.deepEqual(verdict, { kind: "stored", nextOffset: 100, expiresAt: "2030-01-02T03:21:40.100Z" });
  }
});

Deno.test("a 202 without usable ranges leaves the offset open", () => {
  for (const body of ["", "<html>", {}, { nextExpectedRanges: [] }, { nextExpectedRanges: ["x"] }]) {
    assert.deepEqual(read(202, body), { kind: "stored", nextOffset: null, expiresAt: undefined });
  }
});

Deno.test("200 and 201 with an item mean done", () => {
  assert.deepEqual(read(201, { id: "01SIM" }), { kind: "done", itemId: "01SIM" });
  assert.deepEqual(read(200, { id: "01SIM" }), { kind: "done", itemId: "01SIM" });
  assert.deepEqual(read(201, ""), { kind: "done", itemId: null });
  assert.equal(read(200, { nextExpectedRanges: ["7-"] }).kind, "stored");
});

const REFUSALS: [status: number, body: unknown, kind: string][] = [
  [400, failure("invalidRequest"), "refused"],
  [401, failure("unauthenticated", { innerError: { code: "expiredToken" } }), "refused"],
  [403, failure("accessDenied"), "refused"],
  [404, failure("itemNotFound"), "refused"],
  [408, "", "failed"],
  [409, failure("nameAlreadyExists"), "name_taken"],
  [409, failure("conflict"), "refused"],
  [412, failure("resourceModified"), "refused"],
  [413, "", "too_large"],
  [400, failure("invalidRequest", { innererror: { code: "maxFragmentLengthExceeded" } }), "too_large"],
  [416, failure("invalidRange", { innererror: { code: "fragmentOverlap" } }), "refused"],
  [423, failure("resourceLocked"), "locked"],
  [429, failure("activityLimitReached"), "throttled"],
  [500, failure("generalException"), "failed"],
  [500, failure("x", { innerError: { innerError: { code: "quotaLimitReached" } } }), "full"],
  [502, "<html>Bad gateway</html>", "failed"],
  [503, "", "throttled"],
  [504, "", "failed"],
  [507, failure("quotaLimitReached"), "full"],
  [509, "", "throttled"],
];
for (const [status, body, kind] of REFUSALS) {
  Deno.test(`a ${status} ${typeof body === "string" ? "without JSON" : JSON.stringify(body)} is ${kind}`, () => {
    assert.equal(read(status, body).kind, kind);
  });
}

Deno.test("a readable Retry-After is kept", () => {
  assert.deepEqual(read(429, "", 41_000), { kind: "throttled", retryAfterMs: 41_000 });
});

Deno.test("the next offset is the host's, inside the fragment or beyond it", () => {
  const at = { offset: 100, end: 200, size: 300 };
  const stored = (nextOffset: number | null) =>
    readNextOffset({ kind: "stored", nextOffset, expiresAt: undefined }, at);
  assert.deepEqual([150, 200, 250].map(stored), [150, 200, 250]);
  for (const useless of [null, 0, 100, 301]) assert.throws(() => stored(useless), UploadProblem);
  assert.equal(readNextOffset({ kind: "done", itemId: null }, { ...at, end: 300 }), 300);
  assert.throws(() => readNextOffset({ kind: "done", itemId: null }, at), UploadProblem);
});
