import assert from "node:assert/strict";
import type { FormatCheck } from "../../../supabase/functions/_shared/contracts/publish-format.ts";
import { ApiFailure } from "../../../web/src/lib/api-failure.ts";
import { describeAttempt } from "../../../web/src/features/publish/rules/describe-attempt.ts";
import { describeFormat } from "../../../web/src/features/publish/rules/describe-format.ts";
import { describeLocalTime } from "../../../web/src/features/publish/rules/describe-local-time.ts";
import { describeSendFailure } from "../../../web/src/features/publish/rules/describe-send-failure.ts";

const NOW = new Date("2026-05-04T12:00Z");
const finding = (severity: "blocks" | "warns") => ({
  rule: "frame_rate" as const,
  severity,
  message: `It ${severity}.`,
  found: "15",
  allowed: "23 to 60",
  is_convertible: true,
});
const check = (fields: Partial<FormatCheck["targets"][number]>, converts = true): FormatCheck => ({
  format: {} as FormatCheck["format"],
  converts_by_itself: converts,
  targets: [{ platform: "instagram", verdict: "fits", findings: [], ...fields }],
});

Deno.test("a file that fits says so, and what to look at", () => {
  assert.equal(describeFormat(check({}), "instagram")!.tone, "success");
  const warned = describeFormat(check({ findings: [finding("warns")] }), "instagram")!;
  assert.deepEqual([warned.tone, warned.reasons], ["warning", ["It warns."]]);
  assert.equal(describeFormat(check({}), "youtube"), null);
});

Deno.test("a file to convert says who converts it, a refused one why", () => {
  const findings = [finding("blocks"), finding("warns")];
  const converted = (byItself: boolean) =>
    describeFormat(check({ verdict: "needs_conversion", findings }, byItself), "instagram")!;
  assert.match(converted(true).sentence, /is converted for Instagram before it goes out/);
  assert.match(converted(false).sentence, /has to be converted first/);
  const refused = describeFormat(check({ verdict: "refused", findings }), "instagram")!;
  assert.deepEqual([refused.tone, refused.reasons], ["danger", ["It blocks."]]);
});

Deno.test("a typed time is told back, with its offset", () => {
  assert.equal(
    describeLocalTime("2026-05-05T09:00", "Europe/Berlin", NOW),
    "Tomorrow at 09:00 (UTC+02:00)",
  );
  assert.match(
    describeLocalTime("2026-10-25T02:30", "Europe/Berlin", NOW),
    /twice.*first one \(UTC\+02:00\)/,
  );
  assert.equal(describeLocalTime("2026-03-29T02:30", "Europe/Berlin", NOW), "");
  assert.equal(describeLocalTime("", "UTC", NOW), "");
});

Deno.test("a refusal says what pressing the button again does", () => {
  const describe = (code: string, status: number, details?: unknown) =>
    describeSendFailure(new ApiFailure(code, "Said.", status, null, details));
  assert.equal(describe("duplicate_post", 409).isDuplicate, true);
  assert.equal(describe("idempotency_key_reused", 409).needsNewKey, true);
  assert.match(describe("network_error", 0).message, /however often, it is posted once/);
  assert.equal(describe("text_not_accepted", 422).title, "Nothing was posted");
  const free = "2026-05-06T00:00:00+00:00";
  assert.equal(describe("day_is_full", 422, { next_free_at: free }).nextFreeAt?.getTime(), Date.parse(free));
  assert.equal(describe("day_is_full", 422).nextFreeAt, undefined);
});

Deno.test("an attempt is a sentence, whatever the engine calls its outcome", () => {
  const attempt = { step: "upload", outcome: "retry_wait", error_message: null };
  assert.equal(describeAttempt({ ...attempt, error_message: "No answer." }), "Uploading: No answer.");
  assert.equal(
    describeAttempt({ ...attempt, outcome: "lost" }),
    "Uploading: our side broke off; somebody else went on.",
  );
  assert.equal(describeAttempt(attempt), "Uploading: retry wait.");
});
