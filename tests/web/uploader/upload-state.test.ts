import assert from "node:assert/strict";
import {
  canMove,
  ENDED_STATUSES,
  UPLOAD_MOVES,
  UPLOAD_STATUSES,
} from "../../../web/src/features/uploads/uploader/upload-state.ts";

Deno.test("every status is reached from queued or from an earlier visit", () => {
  const reached = new Set<string>(["queued", "needs_file"]);
  for (const from of reached) {
    for (const to of UPLOAD_MOVES[from as keyof typeof UPLOAD_MOVES]) reached.add(to);
  }
  assert.deepEqual([...reached].sort(), [...UPLOAD_STATUSES].sort());
});

Deno.test("only complete and canceled end an upload", () => {
  for (const status of UPLOAD_STATUSES) {
    assert.equal(UPLOAD_MOVES[status].length === 0, ENDED_STATUSES.includes(status), status);
  }
});

Deno.test("every open status can be canceled", () => {
  for (const status of UPLOAD_STATUSES) {
    if (!ENDED_STATUSES.includes(status)) assert.ok(canMove(status, "canceled"), status);
  }
});

Deno.test("what has failed or was stopped begins again through the queue", () => {
  for (const status of ["failed", "paused", "needs_file"] as const) {
    assert.ok(canMove(status, "queued"), status);
  }
  assert.equal(canMove("complete", "queued"), false);
});
