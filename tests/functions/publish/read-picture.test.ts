import assert from "node:assert/strict";
import { readPicture } from "../../../supabase/functions/publish/rules/read-picture.ts";
import { createJpeg } from "../support/cover.ts";

const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
const bytes = (...values: number[]) => new Uint8Array(values);

Deno.test("a picture says its kind and size by its bytes", () => {
  assert.deepEqual(readPicture(createJpeg(1080, 1920)), {
    mimeType: "image/jpeg",
    width: 1080,
    height: 1920,
  });
  const png = bytes(...PNG_HEAD, 0, 0, 5, 0, 0, 0, 2, 208);
  assert.deepEqual(readPicture(png), { mimeType: "image/png", width: 1280, height: 720 });
});

Deno.test("a progressive JPEG and one with filled up markers are read as well", () => {
  const progressive = createJpeg(640, 480);
  progressive[progressive.indexOf(0xc0)] = 0xc2;
  assert.equal(readPicture(progressive)?.width, 640);
  const plain = createJpeg(640, 480);
  const filled = bytes(0xff, 0xd8, 0xff, 0xff, ...plain.subarray(2));
  assert.equal(readPicture(filled)?.height, 480);
});

Deno.test("what is no whole picture is none, whatever it is called", () => {
  const jpeg = createJpeg(1080, 1920);
  const none = [
    bytes(),
    bytes(0xff, 0xd8),
    jpeg.subarray(0, jpeg.length - 10),
    bytes(0xff, 0xd8, 0x00, 0x00, 0x00),
    bytes(0xff, 0xd8, 0xff, 0xda, 0, 8, 0, 0, 0, 0),
    bytes(...PNG_HEAD, 0, 0),
    bytes(...PNG_HEAD.with(12, 0x4a), 0, 0, 5, 0, 0, 0, 2, 208),
    new TextEncoder().encode("<svg width='100' height='100'>"),
    new TextEncoder().encode("GIF89a"),
  ];
  for (const each of none) assert.equal(readPicture(each), null);
});

Deno.test("random bytes behind a signature never make it throw", () => {
  for (let round = 0; round < 2_000; round++) {
    const noise = crypto.getRandomValues(new Uint8Array(64));
    const start = round % 2 === 0 ? [0xff, 0xd8, 0xff] : PNG_HEAD.slice(0, 8);
    noise.set(start);
    const found = readPicture(noise);
    assert.ok(found === null || Number.isInteger(found.width));
  }
});
