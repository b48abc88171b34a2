import assert from "node:assert/strict";
import { describeUpload } from "../../../web/src/features/uploads/api/describe-upload.ts";
import { summarizeUploads } from "../../../web/src/features/uploads/api/summarize-uploads.ts";
import {
  newUploadState,
  UPLOAD_STATUSES,
  type UploadState,
} from "../../../web/src/features/uploads/uploader/upload-state.ts";

function makeUpload(change: Partial<UploadState> = {}): UploadState {
  const upload = {
    id: "a",
    fileName: "clip.mp4",
    size: 1_000_000_000,
    mimeType: "video/mp4",
    productId: null,
  };
  return { ...newUploadState(upload), sentBytes: 250_000_000, ...change };
}

Deno.test("describeUpload has words for every status", () => {
  for (const status of UPLOAD_STATUSES) {
    assert.ok(describeUpload(makeUpload({ status })).text.length > 5, status);
  }
});

Deno.test("describeUpload tells amount, speed and time left while uploading", () => {
  const upload = makeUpload({ status: "uploading", speedBps: 24_100_000, secondsLeft: 31 });
  assert.deepEqual(describeUpload(upload), {
    text: "250 MB of 1.00 GB · 24.1 MB/s · 35 s left",
    progress: 0.25,
    tone: "normal",
  });
});

Deno.test("describeUpload counts down to the next try", () => {
  const upload = makeUpload({
    status: "waiting",
    retryAt: 10_400,
    error: { code: "offline", message: "You are offline." },
  });
  assert.match(describeUpload(upload, 5_000).text, /^You are offline\. Trying again in 6 s\./);
  assert.match(describeUpload({ ...upload, retryAt: null }, 5_000).text, /^You are offline\. Trying again\./);
});

Deno.test("describeUpload says why the file is needed and what is safe", () => {
  const wrong = { code: "wrong_file", message: "This is not the file the upload began with." };
  assert.match(describeUpload(makeUpload({ status: "needs_file" })).text, /^Choose the same file again/);
  const { text } = describeUpload(makeUpload({ status: "needs_file", error: wrong }));
  assert.equal(text, "This is not the file the upload began with. 250 MB of 1.00 GB are safe.");
});

Deno.test("summarizeUploads adds up what is open and leaves the finished out", () => {
  const uploads = [
    makeUpload({ status: "uploading" }),
    makeUpload({ status: "paused", sentBytes: 750_000_000 }),
    makeUpload({ status: "complete", sentBytes: 1_000_000_000 }),
  ];
  assert.deepEqual(summarizeUploads(uploads), { title: "Uploading 1 video", progress: 0.5, isOver: false });
});

Deno.test("summarizeUploads tells waiting from finished", () => {
  assert.equal(summarizeUploads([makeUpload({ status: "needs_file" })]).title, "1 upload waiting for you");
  assert.deepEqual(summarizeUploads([makeUpload({ status: "complete" })]), {
    title: "1 upload finished",
    progress: 1,
    isOver: true,
  });
});
