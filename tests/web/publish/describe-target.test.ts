import assert from "node:assert/strict";
import { TARGET_STATUSES, type TargetStatus } from "../../../supabase/functions/_shared/contracts/publish.ts";
import { describeConversion } from "../../../web/src/features/publish/rules/describe-conversion.ts";
import { describeTarget } from "../../../web/src/features/publish/rules/describe-target.ts";
import { pollDelay } from "../../../web/src/features/publish/rules/poll-delay.ts";
import type { PostTarget } from "../../../web/src/features/publish/rules/post-target.ts";

const NOW = new Date("2026-05-04T12:00Z");

const make = (status: TargetStatus, fields: Partial<PostTarget> = {}): PostTarget => ({
  id: "t",
  platform: "youtube",
  connection_id: "c",
  status,
  scheduled_for: "2026-05-05T09:00:00Z",
  platform_url: null,
  error: null,
  retry_at: null,
  attempts: 0,
  ...fields,
});

for (const status of TARGET_STATUSES) {
  Deno.test(`a ${status} target has a label, a sentence and a next step`, () => {
    const { label, sentence, actions } = describeTarget(make(status), "UTC", NOW);
    assert.match(label, /^[A-Z][a-z ]+$/);
    assert.match(sentence, /^[A-Z].*\.$/);
    // A draft is continued or thrown away as a whole.
    const needsNobody = ["draft", "publishing", "canceled"].includes(status);
    assert.equal(actions.length > 0, !needsNobody);
  });
}

Deno.test("what is going out can be canceled until the irreversible call", () => {
  const canCancel = TARGET_STATUSES.filter((status) =>
    describeTarget(make(status), "UTC", NOW).actions.includes("cancel")
  );
  for (const status of ["publishing", "published", "unknown", "canceled"]) {
    assert.ok(!canCancel.includes(status as TargetStatus), status);
  }
  assert.ok(canCancel.includes("ready"));
});

Deno.test("a post for now is starting, not scheduled", () => {
  const now = make("scheduled", { scheduled_for: "2026-05-04T11:59:59Z" });
  assert.equal(describeTarget(now, "UTC", NOW).label, "Starting");
  assert.equal(
    describeTarget(make("scheduled"), "UTC", NOW).sentence,
    "Goes out tomorrow at 09:00.",
  );
});

Deno.test("an error of the platform is shown in its own words", () => {
  const error = { code: "x", message: "The video is longer than YouTube allows." };
  assert.equal(describeTarget(make("failed", { error }), "UTC", NOW).sentence, error.message);
  const waiting = make("retry_wait", { error, retry_at: "2026-05-04T12:15:00Z" });
  assert.equal(
    describeTarget(waiting, "UTC", NOW).sentence,
    "The video is longer than YouTube allows. Cliprelay tries again today at 12:15.",
  );
});

Deno.test("a promise to try again is made once, and not for what has failed", () => {
  const error = { code: "x", message: "YouTube does not answer. We try again by ourselves." };
  const waiting = make("retry_wait", { error, retry_at: "2026-05-04T12:15:00Z" });
  assert.equal(
    describeTarget(waiting, "UTC", NOW).sentence,
    "YouTube does not answer. Cliprelay tries again today at 12:15.",
  );
  assert.equal(
    describeTarget(make("failed", { error }), "UTC", NOW).sentence,
    "YouTube does not answer. We tried several times; it is your turn.",
  );
});

Deno.test("a platform in trouble is called by its name", () => {
  const error = { code: "platform_busy", message: "The platform does not answer properly right now." };
  const waiting = make("retry_wait", { platform: "tiktok", error, retry_at: "2026-05-04T12:15:00Z" });
  const { sentence, actions } = describeTarget(waiting, "UTC", NOW);
  assert.equal(sentence, "TikTok does not answer properly right now. Cliprelay tries again today at 12:15.");
  assert.ok(actions.includes("retry"));
});

Deno.test("a conversion says for whom, how long, and can be canceled", () => {
  const { sentence, actions } = describeConversion(make("preparing", { platform: "instagram" }));
  assert.match(sentence, /converted for Instagram, which may take a minute\./);
  assert.deepEqual(actions, ["cancel"]);
});

Deno.test("an unknown outcome is the user's only when nobody asks any more", () => {
  const asked = make("unknown", { retry_at: "2026-05-04T12:00:05Z" });
  assert.match(describeTarget(asked, "UTC", NOW).sentence, /is asking/);
  assert.match(describeTarget(make("unknown"), "UTC", NOW).sentence, /say what you see/);
});

Deno.test("polling is fast while something moves, slow while all wait, and ends", () => {
  assert.equal(pollDelay([make("published"), make("uploading")], 0, NOW), 1_000);
  assert.equal(pollDelay([make("uploading")], 60_000, NOW), 6_000);
  assert.equal(pollDelay([make("uploading")], 3_600_000, NOW), 30_000);
  assert.equal(pollDelay([make("scheduled")], 0, NOW), 30_000);
  assert.equal(pollDelay([make("scheduled", { scheduled_for: "2026-05-04T12:05:00Z" })], 0, NOW), 1_000);
  assert.equal(pollDelay([make("needs_reauth"), make("failed")], 0, NOW), 30_000);
  assert.equal(pollDelay([make("published"), make("failed"), make("canceled")], 0, NOW), false);
});
