import assert from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import { randomBytes, randomFile } from "./support/random-bytes.ts";
import { inUploadWorld, untilStatus, type UploadWorld } from "./support/upload-world.ts";

const UNIT = 327_680;
const SIZE = 6 * UNIT;
const HELD = 3 * UNIT;

/** A tab that has sent and hashed half of the file and is closed, with or without its reports reaching the server. */
async function leaveHalfway(world: UploadWorld, seed: number, isHeard = true): Promise<void> {
  const { host, functions, openTab } = world;
  host.fault = ({ start }) => start === HELD ? { kind: "hang" } : null;
  if (!isHeard) functions.fault = (call) => call.endsWith("/progress") ? { status: 503 } : null;
  const tab = openTab({ timings: { reportMs: 60_000, heartbeatMs: 60_000, stallMs: 60_000 } });
  tab.add(randomFile(SIZE, seed));
  await eventually("half is sent", () => tab.getSnapshot()[0]!.sentBytes === HELD);
  await eventually("the report of a closing page", () => {
    globalThis.dispatchEvent(new Event("pagehide"));
    return isHeard
      ? functions.reports.at(-1)?.hash?.offset === HELD
      : functions.calls.some((call) => call.endsWith("/progress"));
  });
  tab.dispose();
  host.fault = () => null;
}

Deno.test("a reload lists the unfinished upload and goes on with the same file", () =>
  inUploadWorld(async (world) => {
    await leaveHalfway(world, 1);
    const tab = world.openTab();
    await tab.restore();
    await tab.restore();
    const [found] = tab.getSnapshot();
    assert.equal(tab.getSnapshot().length, 1);
    assert.deepEqual([found!.status, found!.sentBytes, found!.size], ["needs_file", HELD, SIZE]);
    world.host.fragments.length = 0;
    await tab.attachFile(found!.id, randomFile(SIZE, 1));
    await untilStatus(tab, found!.id, "complete");
    assert.deepEqual(world.host.fragments.map(({ start }) => start), [HELD, 4 * UNIT, 5 * UNIT]);
    assert.deepEqual([...world.host.sessions.values()][0]!.stored, randomBytes(SIZE, 1));
  }));

Deno.test("the reports of a closing tab carry the hash of what is stored", () =>
  inUploadWorld(async (world) => {
    await leaveHalfway(world, 2);
    for (const { next_offset, hash } of world.functions.reports) {
      assert.equal(next_offset, HELD);
      assert.ok((hash?.offset ?? 0) <= HELD);
    }
  }));

Deno.test("another browser without a hash state hashes from the start", () =>
  inUploadWorld(async (world) => {
    await leaveHalfway(world, 3, false);
    assert.equal(world.functions.rows[0]!.session.hash, null);
    const tab = world.openTab();
    await tab.restore();
    const { id } = tab.getSnapshot()[0]!;
    await tab.attachFile(id, randomFile(SIZE, 3));
    await untilStatus(tab, id, "complete");
  }));

Deno.test("a hash state beyond what OneDrive has stored is not used", () =>
  inUploadWorld(async (world) => {
    await leaveHalfway(world, 4);
    const { session, host } = world.functions.rows[0]!;
    session.hash = { offset: HELD, state: session.hash!.state };
    host.next = UNIT;
    const tab = world.openTab();
    await tab.restore();
    const { id } = tab.getSnapshot()[0]!;
    await tab.attachFile(id, randomFile(SIZE, 4));
    await untilStatus(tab, id, "complete");
  }));

const WRONG: [name: string, file: () => File][] = [
  ["of another size", () => randomFile(SIZE - 1, 5)],
  ["of other content", () => randomFile(SIZE, 6)],
];
for (const [name, file] of WRONG) {
  Deno.test(`a file ${name} is refused on resume and the upload stays`, () =>
    inUploadWorld(async (world) => {
      await leaveHalfway(world, 5);
      const tab = world.openTab();
      await tab.restore();
      const { id } = tab.getSnapshot()[0]!;
      await tab.attachFile(id, file());
      const [state] = tab.getSnapshot();
      assert.deepEqual([state!.status, state!.error?.code], ["needs_file", "wrong_file"]);
      await tab.attachFile(id, randomFile(SIZE, 5));
      const done = await untilStatus(tab, id, "complete");
      assert.equal(done.error, null);
    }));
}

Deno.test("dropping the file of an unfinished upload goes on with it instead of beginning another", () =>
  inUploadWorld(async (world) => {
    await leaveHalfway(world, 7);
    const tab = world.openTab();
    await tab.restore();
    const id = tab.add(randomFile(SIZE, 7));
    await untilStatus(tab, id, "complete");
    assert.equal(tab.getSnapshot().length, 1);
    assert.equal(world.functions.rows.length, 1);
    assert.equal(world.host.fragments.filter(({ start }) => start === 0).length, 1);
  }));

Deno.test("an upload that was stored whole before the tab closed only has to be checked", () =>
  inUploadWorld(async (world) => {
    const { functions, host } = world;
    functions.fault = (call) => call.endsWith("/complete") ? { status: 503 } : null;
    const first = world.openTab();
    await untilStatus(first, first.add(randomFile(SIZE, 8)), "waiting");
    first.dispose();
    functions.fault = () => null;
    const tab = world.openTab();
    await tab.restore();
    const { id } = tab.getSnapshot()[0]!;
    const count = host.fragments.length;
    await tab.attachFile(id, randomFile(SIZE, 8));
    await untilStatus(tab, id, "complete");
    assert.equal(host.fragments.length, count);
  }));

Deno.test("an upload that was hashed whole is finished without its file", () =>
  inUploadWorld(async (world) => {
    await leaveHalfway(world, 9);
    const first = world.openTab();
    await first.restore();
    await first.attachFile(first.getSnapshot()[0]!.id, randomFile(SIZE, 9));
    const done = await untilStatus(first, first.getSnapshot()[0]!.id, "complete");
    first.dispose();
    const row = world.functions.rows[0]!;
    const ring = Uint8Array.from(atob(done.video!.quickxor_hash!), (char) => char.charCodeAt(0));
    const length = new DataView(ring.buffer, 12);
    length.setBigUint64(0, length.getBigUint64(0, true) ^ BigInt(SIZE), true);
    row.session.hash = { offset: SIZE, state: btoa(String.fromCharCode(...ring)) };
    row.session.status = "verifying";
    const tab = world.openTab();
    await tab.restore();
    await untilStatus(tab, tab.getSnapshot()[0]!.id, "complete");
  }));

Deno.test("restore tells when the list cannot be read", () =>
  inUploadWorld(async ({ functions, openTab }) => {
    functions.fault = () => ({ status: 503, code: "temporarily_unavailable" });
    await assert.rejects(openTab().restore(), { name: "UploadApiError", code: "temporarily_unavailable" });
  }));
