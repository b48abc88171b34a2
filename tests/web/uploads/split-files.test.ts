import assert from "node:assert/strict";
import { splitFiles } from "../../../web/src/features/uploads/api/split-files.ts";

Deno.test("splitFiles takes videos by their type or their name", () => {
  const files = [
    { name: "a.mp4", type: "video/mp4", size: 1 },
    { name: "b.MKV", type: "", size: 1 },
    { name: "c", type: "video/quicktime", size: 1 },
  ];
  assert.deepEqual(splitFiles(files), { videos: files, refused: [] });
});

Deno.test("splitFiles refuses other files and empty ones with the reason", () => {
  const { videos, refused } = splitFiles([
    { name: "notes.txt", type: "text/plain", size: 5 },
    { name: "empty.mp4", type: "video/mp4", size: 0 },
  ]);
  assert.deepEqual(videos, []);
  assert.deepEqual(refused, ["notes.txt is not a video.", "empty.mp4 is empty."]);
});
