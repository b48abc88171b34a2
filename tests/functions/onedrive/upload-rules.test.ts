import assert from "node:assert/strict";
import { AppError } from "../../../supabase/functions/_shared/core/app-error.ts";
import { askAgainMs } from "../../../supabase/functions/onedrive/rules/ask-again.ts";
import { readFragmentRange } from "../../../supabase/functions/onedrive/rules/fragment-range.ts";
import { isUploadsOwnFile } from "../../../supabase/functions/onedrive/rules/own-file.ts";
import { shareOfTime } from "../../../supabase/functions/onedrive/rules/share-of-time.ts";

const HASH = "aCgDG9jwBhDc4Q1yawMZAAAAAAA=";

Deno.test("The pause before the next question grows with the time already waited", () => {
  const waits = [0, 1_000, 5_000, 60_000, 3_600_000].map(askAgainMs);
  assert.deepEqual(waits, [150, 150, 500, 6_000, 30_000]);
});

Deno.test("A file is an upload's own by its id or by its whole content, never by its name", () => {
  const upload = { item_id: null, size_bytes: 10, claimed_quickxor: HASH };
  const file = { id: "01A!1", sizeBytes: 10, quickXor: HASH };
  assert.equal(isUploadsOwnFile(upload, file), true);
  assert.equal(isUploadsOwnFile({ ...upload, item_id: "01a!1" }, { ...file, quickXor: null }), true);
  assert.equal(isUploadsOwnFile({ ...upload, item_id: "01B!2" }, file), false, "the id says otherwise");
  assert.equal(isUploadsOwnFile(upload, { ...file, quickXor: null }), false);
  assert.equal(isUploadsOwnFile(upload, { ...file, sizeBytes: 11 }), false);
  assert.equal(isUploadsOwnFile({ ...upload, claimed_quickxor: null }, { ...file, quickXor: null }), false);
});

Deno.test("A fragment's range is read, and one that does not fit its file is refused", () => {
  assert.deepEqual(readFragmentRange("bytes 10-19/20", 20), { start: 10, end: 20, total: 20 });
  for (
    const range of ["", "bytes 10-19/*", "bytes 10-20/20", "bytes 5-4/20", "bytes 0-9/21", "items 0-9/20"]
  ) {
    assert.throws(
      () => readFragmentRange(range, 20),
      (error) => error instanceof AppError && error.code === "invalid_request",
      range,
    );
  }
  const large = 100 * 1024 * 1024;
  assert.throws(
    () => readFragmentRange(`bytes 0-${8 * 1024 * 1024}/${large}`, large),
    (error) => error instanceof AppError && error.code === "body_too_large",
  );
});

Deno.test("Every drive of a run has its share of the time, and what is left over goes to the next ones", () => {
  assert.equal(shareOfTime(60_000, 10), 6_000);
  assert.equal(shareOfTime(59_000, 9), 59_000 / 9, "the first took one second");
  assert.equal(shareOfTime(5_000, 1), 5_000);
  assert.equal(shareOfTime(-1, 3), 0);
});
