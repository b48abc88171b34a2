import assert from "node:assert/strict";
import { createThrottle } from "../../../web/src/features/uploads/uploader/throttle.ts";
import type { SendFragment } from "../../../web/src/features/uploads/uploader/send-fragment.ts";
import { fetchFragment } from "./support/fetch-fragment.ts";
import { randomFile } from "./support/random-bytes.ts";
import { inUploadWorld, untilStatus } from "./support/upload-world.ts";

const UNIT = 327_680;
const SIZE = 4 * UNIT;
const PAUSE_MS = 400;

Deno.test("a pause lasts as long as the longest wish", () => {
  let now = 0;
  const throttle = createThrottle(() => now);
  throttle.note(100);
  throttle.note(30);
  assert.equal(throttle.leftMs(), 100);
  now = 90;
  throttle.note(50);
  assert.equal(throttle.leftMs(), 50);
  now = 200;
  assert.equal(throttle.leftMs(), 0);
});

Deno.test("one upload that is throttled pauses all uploads of the tab, and all of them end", () =>
  inUploadWorld(async ({ host, openTab }) => {
    let throttledAt = Infinity;
    const sentAfter: number[] = [];
    const sendFragment: SendFragment = async (request) => {
      sentAfter.push(performance.now() - throttledAt);
      const answer = await fetchFragment(request);
      if (answer.status === 429) throttledAt = performance.now();
      return answer;
    };
    host.fault = ({ session, start, attempt }) =>
      session.size === SIZE && start === UNIT && attempt === 1 ? { kind: "status", status: 429 } : null;
    const timings = { throttleMinMs: PAUSE_MS, backoffMaxMs: PAUSE_MS };
    const tab = openTab({ now: Date.now, sendFragment, timings });
    for (const size of [SIZE, 80 * UNIT, 81 * UNIT]) tab.add(randomFile(size, size));
    for (const { id } of tab.getSnapshot()) {
      const state = await untilStatus(tab, id, "complete", "failed");
      assert.equal(state.status, "complete", state.error?.message);
    }
    // The clock starts a moment before the pause, which the answer has to be read for.
    assert.deepEqual(sentAfter.filter((ms) => ms > 20 && ms < PAUSE_MS - 20), []);
    assert.ok(sentAfter.filter((ms) => ms >= PAUSE_MS - 20).length >= 3, "all three came back after it");
  }));
