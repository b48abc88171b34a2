import assert from "node:assert/strict";
import type { Fault } from "./support/pretend-onedrive.ts";
import { randomBytes, randomFile } from "./support/random-bytes.ts";
import { inUploadWorld, untilStatus } from "./support/upload-world.ts";

const FILES = 40;
const UNIT = 327_680;

/** The same numbers for the same seed, 0 to 1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function drawFault(random: () => number): Fault | null {
  if (random() < 0.5) return null;
  const draws: Fault[] = [
    { kind: "cut", after: 1 + Math.floor(random() * 200_000) },
    { kind: "cut", after: 1 + Math.floor(random() * 200_000), keep: true },
    { kind: "lost_answer" },
    {
      kind: "status",
      status: [401, 403, 404, 409, 416, 429, 500, 502, 503, 504][Math.floor(random() * 10)]!,
    },
    { kind: "status", status: [500, 502, 504][Math.floor(random() * 3)]!, stored: true },
  ];
  return draws[Math.floor(random() * draws.length)]!;
}

Deno.test(`${FILES} uploads through any mixture of faults, pauses and failing functions arrive whole`, () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    const random = createRandom(20_261_121);
    host.fault = () => drawFault(random);
    functions.fault = (call) => random() < 0.15 && call !== "POST upload-url" ? { status: 503 } : null;
    const tab = openTab();
    const sizes = Array.from({ length: FILES }, () => 1 + Math.floor(random() * 6 * UNIT));
    const ids = sizes.map((size, seed) => tab.add(randomFile(size, seed, `${seed}.mp4`)));
    const leave = tab.subscribe(() => {
      const { id, status } = tab.getSnapshot()[Math.floor(random() * FILES)]!;
      if (status !== "uploading" || random() > 0.05) return;
      tab.pause(id);
      setTimeout(() => tab.resume(id), 5 * random());
    });
    for (const [seed, id] of ids.entries()) {
      const state = await untilStatus(tab, id, "complete", "failed");
      assert.equal(state.status, "complete", `${seed}: ${state.error?.message}`);
    }
    leave();
    assert.equal(functions.rows.length, FILES);
    for (const [seed, id] of ids.entries()) {
      const { sessionId } = tab.getSnapshot().find((state) => state.id === id)!;
      const row = functions.rows.find(({ session }) => session.upload_session_id === sessionId)!;
      assert.deepEqual(row.host.stored, randomBytes(sizes[seed]!, seed));
    }
    assert.equal(host.peak.session, 1);
  }));
