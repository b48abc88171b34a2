import assert from "node:assert/strict";
import { ERROR_CODES } from "../../../supabase/functions/_shared/core/error-codes.ts";
import { translateDatabaseError } from "../../../supabase/functions/_shared/db/database-answer.ts";
import {
  ProviderApiError,
  ProviderAuthError,
  ProviderUserError,
} from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { toAppError } from "../../../supabase/functions/_shared/http/write-error.ts";
import { createRouters, request } from "../support/routers.ts";
import { signShared, validClaims } from "../support/tokens.ts";

const headers = { authorization: `Bearer ${await signShared(validClaims())}` };

Deno.test("Exceptions of our SQL keep status, code and sentence", () => {
  const error = translateDatabaseError({ code: "PT422", message: "No.", details: "video_not_linked" });
  assert.deepEqual([error.status, error.code, error.message], [422, "video_not_linked", "No."]);
});

Deno.test("An exception with an unknown detail falls back to its status", () => {
  const error = translateDatabaseError({ code: "PT409", message: "No.", details: "never_heard_of" });
  assert.deepEqual([error.status, error.code], [409, "conflict"]);
});

Deno.test("States of Postgres map to stable codes", () => {
  const expected: Record<string, string> = {
    "42501": "forbidden",
    "23503": "not_found",
    "23505": "conflict",
    "23514": "rule_broken",
    "22P02": "invalid_request",
    "22P05": "invalid_request",
    "57014": "temporarily_unavailable",
    "53300": "temporarily_unavailable",
    "40P01": "temporarily_unavailable",
    "": "temporarily_unavailable",
    "XX000": "internal_error",
  };
  for (const [state, code] of Object.entries(expected)) {
    assert.equal(translateDatabaseError({ code: state, message: "x" }).code, code, state);
  }
});

Deno.test("A Data API that is not there is an outage, whatever its gateway says", () => {
  for (const status of [502, 503, 504]) {
    const error = translateDatabaseError({ code: "EDGE_ERROR", message: "x" }, status);
    assert.deepEqual([error.status, error.code], [503, "temporarily_unavailable"]);
  }
});

Deno.test("Provider failures map by who can act on them", () => {
  const cases: [unknown, number, string][] = [
    [new ProviderAuthError("onedrive", "invalid_grant"), 424, "reauth_required"],
    [new ProviderUserError("onedrive", "quota_exceeded"), 422, "quota_exceeded"],
    [new ProviderApiError("onedrive", 429, "activityLimitReached", 41), 429, "provider_throttled"],
    [new ProviderApiError("onedrive", 503, "serviceNotAvailable"), 502, "provider_failed"],
    [new ProviderApiError("onedrive", 0, "no_answer"), 502, "provider_failed"],
    [new TypeError("bug"), 500, "internal_error"],
  ];
  for (const [thrown, status, code] of cases) {
    const error = toAppError(thrown);
    assert.deepEqual([error.status, error.code], [status, code]);
  }
  assert.equal(toAppError(new ProviderApiError("onedrive", 429, "x", 41)).retryAfterSeconds, 41);
});

Deno.test("An unexpected failure shows neither its text nor a stack", async () => {
  const { tasks } = createRouters({ fetch: () => Promise.resolve(new Response("null", { status: 200 })) });
  const response = await tasks.fetch(request("GET", "/tasks/influencer-tasks", { headers }));
  const text = await response.text();
  assert.equal(response.status, 500);
  assert.deepEqual(Object.keys(JSON.parse(text)), ["code", "message", "requestId"]);
  assert.equal(JSON.parse(text).message, ERROR_CODES.internal_error.message);
});

Deno.test("Every answer carries a request id, the caller's own when it is well-formed", async () => {
  const { tasks } = createRouters();
  const own = await tasks.fetch(
    request("GET", "/tasks/x", { headers: { ...headers, "x-request-id": "abc-123" } }),
  );
  assert.equal(own.headers.get("x-request-id"), "abc-123");
  assert.equal((await own.json()).requestId, "abc-123");
  const odd = await tasks.fetch(
    request("GET", "/tasks/x", { headers: { ...headers, "x-request-id": "<script>" } }),
  );
  assert.notEqual((await odd.json()).requestId, "<script>");
});

Deno.test("Unknown addresses are 404 and known ones with another method 405", async () => {
  const { videos } = createRouters();
  const unknown = await videos.fetch(request("GET", "/videos/a/b/c", { headers }));
  assert.deepEqual([unknown.status, (await unknown.json()).code], [404, "route_not_found"]);
  const wrong = await videos.fetch(request("PUT", "/videos", { headers }));
  assert.deepEqual([wrong.status, (await wrong.json()).code], [405, "method_not_allowed"]);
  assert.match(wrong.headers.get("allow")!, /GET/);
});

Deno.test("Requests leave one log line without secrets", async () => {
  const lines: string[] = [];
  const { videos } = createRouters({ sink: (line) => lines.push(line) });
  const response = await videos.fetch(request("GET", "/videos", { headers }));
  await response.body?.cancel();
  assert.equal(lines.length, 1);
  const line = JSON.parse(lines[0]!);
  assert.equal(line.domain, "videos");
  assert.equal(line.user_id, validClaims().sub);
  assert.equal(line.outcome, "failed");
  assert.ok(!lines[0]!.includes(headers.authorization.slice(20)));
});
