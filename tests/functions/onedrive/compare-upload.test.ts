import assert from "node:assert/strict";
import type { UploadRow } from "../../../supabase/functions/_shared/db/onedrive-uploads.ts";
import type { DriveFile } from "../../../supabase/functions/_shared/providers/microsoft/adapter.ts";
import { compareUpload } from "../../../supabase/functions/onedrive/rules/compare-upload.ts";

const now = new Date("2026-06-01T12:00:00Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000).toISOString();
const row = { size_bytes: 100, expires_at: minutes(60), verifying_since: minutes(0) } as UploadRow;
const file = { sizeBytes: 100, quickXor: "right" } as DriveFile;

Deno.test("Equal size and hash verify an upload", () => {
  assert.equal(compareUpload(row, file, "right", now), "verified");
});

Deno.test("Another hash or size is a mismatch", () => {
  assert.equal(compareUpload(row, file, "wrong", now), "mismatch");
  assert.equal(compareUpload(row, { ...file, sizeBytes: 99 }, "right", now), "mismatch");
});

Deno.test("A missing hash is waited for, but not forever", () => {
  const noHash = { ...file, quickXor: null };
  assert.equal(compareUpload(row, noHash, "right", now), "wait");
  assert.equal(
    compareUpload({ ...row, verifying_since: minutes(-25 * 60) }, noHash, "right", now),
    "mismatch",
  );
});

Deno.test("A file that does not appear is waited for while its session could live", () => {
  assert.equal(compareUpload(row, null, "right", now), "wait");
  assert.equal(compareUpload({ ...row, verifying_since: minutes(-1) }, null, "right", now), "missing");
  assert.equal(compareUpload({ ...row, expires_at: minutes(-1) }, null, "right", now), "missing");
});
