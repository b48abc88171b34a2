import assert from "node:assert/strict";
import { CONNECTION_STATUSES } from "../../../supabase/functions/_shared/contracts/connections.ts";
import { chooseWay, nameWay } from "../../../web/src/features/connections/connection-ways.ts";
import { describeAccess } from "../../../web/src/features/connections/describe-access.ts";

const NOW = new Date("2026-05-04T12:00Z");
const SOON = "2026-05-04T13:00:00Z";
const LATER = "2026-06-20T12:00:00Z";

Deno.test("every status of an account has a sentence, with and without an end", () => {
  for (const status of CONNECTION_STATUSES) {
    for (const expires_at of [null, LATER]) {
      assert.match(describeAccess({ status, expires_at }, NOW), /^[A-Z].*\.$/);
    }
  }
});

Deno.test("an end that is hours away is no worry while access renews itself", () => {
  assert.equal(
    describeAccess({ status: "connected", expires_at: SOON }, NOW),
    "Access is renewed by itself.",
  );
  assert.match(describeAccess({ status: "connected", expires_at: LATER }, NOW), /until June 20/);
});

Deno.test("an end that nobody renews asks to reconnect", () => {
  assert.equal(
    describeAccess({ status: "expiring", expires_at: LATER }, NOW),
    "Access ends on June 20. Reconnect to keep it.",
  );
});

Deno.test("a key has no end that anybody renews", () => {
  const account = { status: "connected", expires_at: null, route: "blotato" } as const;
  assert.equal(describeAccess(account, NOW), "Works as long as its API key does.");
  assert.match(describeAccess({ ...account, status: "expired" }, NOW), /wait until you reconnect/);
});

Deno.test("an account is connected again the way it came by", () => {
  for (
    const [platform, route, title, name] of [
      ["tiktok", "blotato", "Through Blotato", "Through Blotato"],
      ["instagram", "instagram_login", "With Instagram", "Through Instagram"],
      ["youtube", "google", "With Google", undefined],
    ] as const
  ) {
    assert.equal(chooseWay({ platform, route }).title, title);
    assert.equal(nameWay({ platform, route }), name);
  }
});
