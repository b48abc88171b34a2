import assert from "node:assert/strict";
import { createQuickXorHash } from "../../../web/src/features/uploads/uploader/quick-xor-hash.ts";
import { writePaddedVideo } from "../../support/padded-video.ts";
import { invitePerson, type Person, startBrowserWorld } from "./support/browser-world.ts";
import {
  addUploadFault,
  clearFaults,
  listFiles,
  type SandboxFault,
  setMicrosoft,
} from "./support/sandbox-control.ts";

const MIB = 1024 * 1024;
const SIZE = 30 * MIB + 12_345;

const world = await startBrowserWorld(56620);
const { env } = world.stack;
const dir = await Deno.makeTempDir({ prefix: "uploader-files-" });
const video = `${dir}/clip.mp4`;
const other = `${dir}/other.mp4`;
await writePaddedVideo(video, SIZE, 1);
await writePaddedVideo(other, SIZE, 2);

Deno.test.afterAll(async () => {
  await world.close();
  await Deno.remove(dir, { recursive: true });
});
Deno.test.beforeEach(() => clearFaults(env));

async function hashOf(path: string): Promise<string> {
  const hash = createQuickXorHash();
  hash.update(await Deno.readFile(path));
  return hash.digest();
}

/** Exactly one file, and it is the one on disk. */
async function assertStored(person: Person, path = video): Promise<void> {
  const files = await listFiles(env, person.oneDrive);
  assert.deepEqual(files.map(({ size, quickxor }) => [size, quickxor]), [[SIZE, await hashOf(path)]]);
}

Deno.test("Chromium takes a video to OneDrive, whole and equal", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const state = await tab.until(await tab.add(video), "complete", "failed");
  assert.equal(state.status, "complete", state.error?.message);
  assert.equal(state.video?.quickxor_hash, await hashOf(video));
  assert.deepEqual([state.poster?.width, state.poster?.height], [state.video?.width, state.video?.height]);
  assert.ok(state.poster!.durationMs > 0);
  await assertStored(person);
});
