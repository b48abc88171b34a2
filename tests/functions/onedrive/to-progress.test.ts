import assert from "node:assert/strict";
import { toProgress } from "../../../supabase/functions/onedrive/rules/to-progress.ts";

const NOW = new Date("2026-11-21T12:00:00Z");

Deno.test("toProgress takes the end of a session that OneDrive named", () => {
  const end = "2026-11-22T12:00:00Z";
  const { expiresAt } = toProgress({ next_offset: 5, expires_at: end }, 10, NOW);
  assert.deepEqual(expiresAt, new Date(end));
});

Deno.test("toProgress does not believe an end beyond seven days", () => {
  const { expiresAt } = toProgress({ next_offset: 5, expires_at: "9999-12-31T00:00:00Z" }, 10, NOW);
  assert.deepEqual(expiresAt, new Date("2026-11-28T12:00:00Z"));
});

Deno.test("toProgress refuses offsets outside the file and hashes of bytes not stored", () => {
  const hash = { offset: 6, state: "A".repeat(28) };
  for (const report of [{ next_offset: 11 }, { next_offset: 5, hash }]) {
    assert.throws(() => toProgress(report, 10, NOW), { code: "offset_out_of_range" });
  }
});
