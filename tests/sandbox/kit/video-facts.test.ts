import assert from "node:assert/strict";
import { readVideoFacts } from "../../../sandbox/kit/video-facts.ts";
import { makeBytes } from "../support/microsoft-account.ts";

const CLIP = new URL("../../support/fixtures/clip.mp4", import.meta.url).pathname;

Deno.test("video facts are read from an mp4", async () => {
  const facts = await readVideoFacts(CLIP);
  assert.ok(facts !== null);
  assert.equal(facts.fourCC, "H264");
  assert.ok(facts.duration > 0 && facts.width > 0 && facts.height > 0 && facts.bitrate > 0);
});

Deno.test("video facts are absent for a file that is no video", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, makeBytes(50_000));
  assert.equal(await readVideoFacts(path), null);
  await Deno.remove(path);
});

Deno.test("video facts are absent or partial for every truncation of an mp4", async () => {
  const whole = await Deno.readFile(CLIP);
  const path = await Deno.makeTempFile();
  for (let part = 1; part < 20; part++) {
    await Deno.writeFile(path, whole.subarray(0, Math.floor(whole.length * part / 20)));
    const facts = await readVideoFacts(path);
    assert.ok(facts === null || facts.duration > 0);
  }
  await Deno.remove(path);
});
