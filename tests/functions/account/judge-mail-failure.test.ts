import assert from "node:assert/strict";
import { createResendClient } from "../../../supabase/functions/_shared/providers/resend/client.ts";
import { judgeMailFailure } from "../../../supabase/functions/account/rules/judge-mail-failure.ts";

/** What becomes of a mail when Resend answers so. */
async function judge(status: number, name: string, headers: Record<string, string> = {}) {
  const client = createResendClient({
    url: "https://api.resend.example",
    key: "re_test",
    from: "Cliprelay <a@b.c>",
    fetch: () =>
      Promise.resolve(Response.json({ statusCode: status, name, message: "Words." }, { status, headers })),
  });
  const mail = { to: "x@y.z", subject: "s", html: "<p>", text: "t" };
  const error = await client.send("key", mail).then(() => null, (error) => error);
  return judgeMailFailure(error);
}

Deno.test("judgeMailFailure gives up on what Resend never takes", async () => {
  const cases: [number, string][] = [
    [400, "validation_error"],
    [404, "not_found"],
    [409, "invalid_idempotent_request"],
    [422, "missing_required_field"],
    [451, "security_error"],
  ];
  for (const [status, name] of cases) {
    const verdict = await judge(status, name);
    assert.deepEqual([verdict?.kind, verdict?.code], ["never", name], name);
  }
});

Deno.test("judgeMailFailure stops everything for our key, our sender and a quota", async () => {
  const cases: [number, string, string][] = [
    [401, "missing_api_key", "refused"],
    [401, "restricted_api_key", "refused"],
    [403, "invalid_api_key", "refused"],
    [403, "validation_error", "refused"],
    [429, "daily_quota_exceeded", "quota"],
    [429, "monthly_quota_exceeded", "quota"],
  ];
  for (const [status, name, stop] of cases) {
    const verdict = await judge(status, name, { "retry-after": "3" });
    assert.ok(verdict?.kind === "later", name);
    assert.deepEqual([verdict.stop, verdict.isCertain, verdict.counts], [stop, true, false], name);
  }
});

Deno.test("judgeMailFailure waits as asked, and counts only failures of the service", async () => {
  const cases: [number, string, string | null, object][] = [
    [429, "rate_limit_exceeded", "7", { waitSeconds: 7, isCertain: true, counts: false }],
    [429, "rate_limit_exceeded", null, { waitSeconds: 1, isCertain: true, counts: false }],
    [409, "concurrent_idempotent_requests", null, { waitSeconds: 5, isCertain: false, counts: false }],
    [500, "application_error", null, { waitSeconds: undefined, isCertain: false, counts: true }],
    [503, "", "9", { waitSeconds: 9, isCertain: false, counts: true }],
  ];
  for (const [status, name, wait, expected] of cases) {
    const verdict = await judge(status, name, wait ? { "retry-after": wait } : {});
    assert.ok(verdict?.kind === "later", name);
    const { waitSeconds, isCertain, counts } = verdict;
    assert.deepEqual({ waitSeconds, isCertain, counts }, expected, `${status} ${name}`);
  }
});

Deno.test("judgeMailFailure leaves errors alone that are not the mail service's", () => {
  assert.equal(judgeMailFailure(new Error("ours")), null);
});
