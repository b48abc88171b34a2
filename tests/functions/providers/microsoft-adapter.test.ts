import assert from "node:assert/strict";
import { readRetryAfter } from "../../../supabase/functions/_shared/core/read-retry-after.ts";
import {
  toAccount,
  toItemPath,
  toQuota,
  toTokens,
  toUploadState,
} from "../../../supabase/functions/_shared/providers/microsoft/adapter.ts";
import { readErrorCodes } from "../../../supabase/functions/_shared/providers/microsoft/error-answer.ts";

Deno.test("A hidden, zero or negative quota is unknown, an exceeded one is full", () => {
  const unknown = { total: null, used: null, remaining: null, state: null };
  assert.deepEqual(toQuota(undefined), unknown);
  assert.deepEqual(toQuota({ total: 0, used: 0, remaining: 0 }), unknown);
  assert.deepEqual(toQuota({ total: -1, remaining: -1, state: "hidden" }), unknown);
  assert.equal(toQuota({ total: 10, used: 12, remaining: -2, state: "exceeded" }).remaining, 0);
  assert.deepEqual(toQuota({ total: 10, used: 4, remaining: 6, state: "normal" }), {
    total: 10,
    used: 4,
    remaining: 6,
    state: "normal",
  });
});

Deno.test("Paths lose Graph's prefix and encoding", () => {
  const pathOf = (path: string | undefined, name = "a.mp4") =>
    toItemPath({ id: "1", name, parentReference: { path } });
  assert.equal(pathOf("/drive/root:"), "/a.mp4");
  assert.equal(pathOf("/drive/root:/Videos/50%25%20off"), "/Videos/50% off/a.mp4");
  assert.equal(pathOf("/drives/b!x1/root:/Videos"), "/Videos/a.mp4");
  assert.equal(pathOf("/drive/root:/100%"), "/100%/a.mp4");
  assert.equal(pathOf(undefined, "root"), "/");
});

Deno.test("Only the start of the first expected range counts", () => {
  const stateOf = (nextExpectedRanges?: string[]) =>
    toUploadState({ expirationDateTime: "2030-01-02T03:04:05Z", nextExpectedRanges }).nextOffset;
  assert.equal(stateOf(["26214400-"]), 26_214_400);
  assert.equal(stateOf(["5242880-8255205", "9000000-"]), 5_242_880);
  assert.equal(stateOf([]), null);
  assert.equal(stateOf(undefined), null);
  assert.equal(stateOf(["oops"]), null);
});

Deno.test("An account shows the sign-in name where there is no mailbox", () => {
  const account = toAccount(
    { id: "ABC", displayName: "Ann", mail: null, userPrincipalName: "ann@example.com" },
    { id: "drive", driveType: "business" },
  );
  assert.deepEqual([account.key, account.email, account.type], ["abc", "ann@example.com", "work"]);
});

Deno.test("A renewal without a new refresh token keeps the old one", () => {
  const now = new Date("2030-01-01T00:00:00Z");
  const tokens = toTokens({ access_token: "a", expires_in: 3600 }, now, "old");
  assert.equal(tokens.refreshToken, "old");
  assert.equal(tokens.expiresAt.toISOString(), "2030-01-01T01:00:00.000Z");
});

Deno.test("Error codes are read at every depth and in both spellings", () => {
  const graph = {
    error: {
      code: "activityLimitReached",
      innerError: { code: "throttledRequest", innerError: { code: "quota" } },
    },
  };
  assert.deepEqual(readErrorCodes(graph), ["activityLimitReached", "throttledRequest", "quota"]);
  const host = { error: { code: "invalidRange", innererror: { code: "fragmentOverlap" } } };
  assert.deepEqual(readErrorCodes(host), ["invalidRange", "fragmentOverlap"]);
  for (const odd of [null, "text", {}, { error: "flat" }, { error: { innerError: 5 } }]) {
    assert.deepEqual(readErrorCodes(odd), []);
  }
});

Deno.test("Retry-After is read as seconds and as a date", () => {
  const read = (value: string) =>
    readRetryAfter(new Response(null, { headers: { "retry-after": value } }), 0);
  assert.equal(read("41"), 41);
  assert.equal(read(new Date(5_000).toUTCString()), 5);
  assert.equal(read("soon"), undefined);
});
