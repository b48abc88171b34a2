import assert from "node:assert/strict";
import {
  FRAGMENT_MULTIPLE_BYTES as UNIT,
  MAX_FRAGMENT_BYTES as MAX,
} from "../../../supabase/functions/_shared/contracts/onedrive.ts";
import {
  adaptFragment,
  alignFragment,
  fragmentEnd,
  shrinkFragment,
} from "../../../web/src/features/uploads/uploader/fragment-size.ts";

const MIB = 1024 * 1024;

Deno.test("fragments are whole units between one and 191", () => {
  for (const bytes of [0, 1, UNIT - 1, UNIT, UNIT + 1, 10 * MIB, MAX, MAX + 1, 1e12]) {
    const length = alignFragment(bytes);
    assert.equal(length % UNIT, 0);
    assert.ok(length >= UNIT && length <= MAX && MAX < 60 * MIB);
  }
});

Deno.test("fragments take about six seconds on a slow line", () => {
  let length = 10 * MIB;
  for (let i = 0; i < 10; i++) length = adaptFragment(length, { bytes: length, ms: length / 250_000 * 1000 });
  assert.ok(Math.abs(length / 250_000 - 6) <= UNIT / 250_000, `${length / 250_000} s`);
});

Deno.test("fragments grow to the largest legal size on a fast line, sixfold at most", () => {
  assert.equal(adaptFragment(4 * UNIT, { bytes: 4 * UNIT, ms: 20 }), 24 * UNIT);
  assert.equal(adaptFragment(10 * MIB, { bytes: 10 * MIB, ms: 20 }), MAX);
});

Deno.test("fragments halve after a loss and never vanish", () => {
  let length = MAX;
  for (let i = 0; i < 20; i++) length = shrinkFragment(length);
  assert.equal(length, UNIT);
});

Deno.test("fragments cover any file without gap, overlap, or a needless last byte", () => {
  for (const length of [UNIT, 5 * UNIT, 32 * UNIT, MAX]) {
    for (const extra of [0, 1, 2, UNIT - 1, UNIT, UNIT + 1]) {
      for (const size of [extra, length + extra, 3 * length + extra].filter((bytes) => bytes > 0)) {
        for (const start of [0, 1, 12_345].filter((offset) => offset < size)) checkCover(start, size, length);
      }
    }
  }
});

function checkCover(start: number, size: number, length: number): void {
  let offset = start;
  while (offset < size) {
    const end = fragmentEnd(offset, size, length);
    assert.ok(end > offset && end <= size && end - offset <= MAX);
    if (end < size) assert.equal((end - offset) % UNIT, 0);
    if (end === size && offset > start) assert.ok(end - offset > 1, `one byte left of ${size} by ${length}`);
    offset = end;
  }
}

Deno.test("a way that takes less at a time shortens the fragment, and no single byte is left over", () => {
  const unit = 327_680;
  assert.equal(fragmentEnd(0, 100 * unit, 50 * unit, 24 * unit), 24 * unit);
  assert.equal(fragmentEnd(0, 24 * unit + 1, 50 * unit, 24 * unit), 23 * unit);
  assert.equal(fragmentEnd(0, 24 * unit + 9, 50 * unit, 24 * unit), 24 * unit);
  assert.equal(fragmentEnd(0, 10 * unit + 9, 10 * unit, 24 * unit), 10 * unit + 9);
});
