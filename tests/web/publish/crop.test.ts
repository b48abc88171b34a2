import assert from "node:assert/strict";
import {
  cropArea,
  MAX_ZOOM,
  moveCrop,
  WHOLE,
  zoomCrop,
} from "../../../web/src/features/publish/rules/crop.ts";

const WIDE = { width: 1280, height: 720 };
const TALL = { width: 1080, height: 1920 };
const video = { width: 1080, height: 1920 };
const photo = { width: 4000, height: 3000 };

Deno.test("a picture of the frame's own shape is shown whole", () => {
  assert.deepEqual(cropArea(video, TALL, WHOLE), { left: 0, top: 0, width: 1080, height: 1920 });
});

Deno.test("a picture of another shape fills the frame, cut evenly on two sides", () => {
  const area = cropArea(video, WIDE, WHOLE);
  assert.deepEqual([area.width, area.height], [1080, 607.5]);
  assert.equal(area.left, 0);
  assert.equal(area.top, (1920 - 607.5) / 2);
});

Deno.test("zoom shows less around the same middle, between its limits", () => {
  const twice = cropArea(photo, WIDE, zoomCrop(photo, WIDE, WHOLE, 2));
  assert.deepEqual([twice.width, twice.height], [2000, 1125]);
  assert.deepEqual([twice.left, twice.top], [1000, 937.5]);
  assert.equal(zoomCrop(photo, WIDE, WHOLE, 99).zoom, MAX_ZOOM);
  assert.equal(zoomCrop(photo, WIDE, WHOLE, 0).zoom, 1);
});

Deno.test("moving the picture stops at its edges and turns back at once", () => {
  let crop = WHOLE;
  for (let step = 0; step < 50; step++) crop = moveCrop(video, WIDE, crop, { x: 0, y: 0.1 });
  assert.equal(cropArea(video, WIDE, crop).top, 0);
  const back = moveCrop(video, WIDE, crop, { x: 0, y: -0.1 });
  assert.ok(Math.abs(cropArea(video, WIDE, back).top - 60.75) < 1e-9);
});

Deno.test("moving to the right uncovers what lies to the left", () => {
  const zoomed = zoomCrop(photo, WIDE, WHOLE, 2);
  const before = cropArea(photo, WIDE, zoomed).left;
  assert.ok(cropArea(photo, WIDE, moveCrop(photo, WIDE, zoomed, { x: 0.1, y: 0 })).left < before);
});

Deno.test("no cut ever leaves the picture or changes the frame's shape", () => {
  for (let round = 0; round < 500; round++) {
    const random = () => Math.random();
    const picture = { width: 320 + Math.floor(random() * 4000), height: 320 + Math.floor(random() * 4000) };
    const shape = round % 2 ? WIDE : TALL;
    let crop = { x: random() * 3 - 1, y: random() * 3 - 1, zoom: random() * 6 };
    crop = moveCrop(picture, shape, crop, { x: random() * 2 - 1, y: random() * 2 - 1 });
    const { left, top, width, height } = cropArea(picture, shape, crop);
    const about = JSON.stringify({ picture, crop });
    assert.ok(left >= -1e-9 && top >= -1e-9, about);
    assert.ok(left + width <= picture.width + 1e-6 && top + height <= picture.height + 1e-6, about);
    assert.ok(Math.abs(width / height - shape.width / shape.height) < 1e-6, about);
  }
});
