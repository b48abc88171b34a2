import assert from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import { randomBytes, randomFile } from "./support/random-bytes.ts";
import { inUploadWorld, untilStatus } from "./support/upload-world.ts";

const UNIT = 327_680;
const SIZE = 6 * UNIT;

Deno.test("a paused upload sends nothing and resumes where it was", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    host.fault = ({ start }) => start === 2 * UNIT && host.fragments.length < 4 ? { kind: "hang" } : null;
    const tab = openTab({ timings: { reportMs: 60_000, heartbeatMs: 60_000 } });
    const id = tab.add(randomFile(SIZE, 1));
    await eventually("third fragment", () => host.fragments.length === 3);
    tab.pause(id);
    assert.equal(tab.getSnapshot()[0]!.status, "paused");
    await eventually("the report of a pause", () => functions.reports[0]?.next_offset === 2 * UNIT);
    tab.retry(id);
    assert.equal(tab.getSnapshot()[0]!.status, "paused");
    host.fault = () => null;
    tab.resume(id);
    await untilStatus(tab, id, "complete");
    assert.equal(host.fragments.filter(({ start }) => start < 2 * UNIT).length, 2);
    assert.deepEqual([...host.sessions.values()][0]!.stored, randomBytes(SIZE, 1));
  }));

Deno.test("pausing gives the turn to the next file", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ session }) => session.size === SIZE ? { kind: "hang" } : null;
    const tab = openTab({ concurrency: 1 });
    const first = tab.add(randomFile(SIZE, 2));
    const second = tab.add(randomFile(SIZE + 1, 3));
    await eventually("first is sending", () => host.fragments.length === 1);
    assert.equal(tab.getSnapshot()[1]!.status, "queued");
    tab.pause(first);
    await untilStatus(tab, second, "complete");
  }));

Deno.test("a queued upload can be paused and canceled before its turn", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    host.fault = () => ({ kind: "hang" });
    const tab = openTab({ concurrency: 1 });
    tab.add(randomFile(SIZE, 4));
    const queued = tab.add(randomFile(SIZE, 5));
    tab.pause(queued);
    assert.equal(tab.getSnapshot()[1]!.status, "paused");
    tab.resume(queued);
    await tab.cancel(queued);
    assert.equal(tab.getSnapshot()[1]!.status, "canceled");
    assert.equal(functions.calls.filter((call) => call.startsWith("DELETE")).length, 0);
  }));

Deno.test("a canceled upload is dropped in OneDrive and can be dismissed", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    host.fault = ({ start }) => start === UNIT ? { kind: "hang" } : null;
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 6));
    await eventually("second fragment", () => host.fragments.length === 2);
    tab.dismiss(id);
    assert.equal(tab.getSnapshot().length, 1, "a running upload cannot be dismissed");
    await tab.cancel(id);
    assert.equal(tab.getSnapshot()[0]!.status, "canceled");
    assert.equal(functions.rows[0]!.session.status, "canceled");
    assert.equal([...host.sessions.values()][0]!.isOpen, false);
    tab.dismiss(id);
    assert.equal(tab.getSnapshot().length, 0);
  }));

Deno.test("an upload canceled while its session is being opened leaves none behind", () =>
  inUploadWorld(async ({ functions, openTab }) => {
    const canceled = Promise.withResolvers<void>();
    functions.hold = () => canceled.promise;
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 7));
    await eventually("creation is under way", () => functions.rows.length === 1);
    await tab.cancel(id);
    canceled.resolve();
    await eventually("session is canceled", () => functions.rows[0]?.session.status === "canceled");
  }));

Deno.test("an upload paused and resumed while its session is being opened has one session", () =>
  inUploadWorld(async ({ functions, openTab }) => {
    const resumed = Promise.withResolvers<void>();
    functions.hold = () => resumed.promise;
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 13));
    await eventually("creation is under way", () => functions.rows.length === 1);
    tab.pause(id);
    tab.resume(id);
    resumed.resolve();
    await untilStatus(tab, id, "complete");
    assert.equal(functions.rows.length, 1);
  }));

Deno.test("an upload that is restored while it is being opened is listed once", () =>
  inUploadWorld(async ({ functions, openTab }) => {
    const restored = Promise.withResolvers<void>();
    functions.hold = (call) => call === "POST upload-url" ? restored.promise : undefined;
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 14));
    await eventually("creation is under way", () => functions.rows.length === 1);
    await tab.restore();
    restored.resolve();
    await untilStatus(tab, id, "complete");
    assert.deepEqual(tab.getSnapshot().map((upload) => upload.id), [id]);
  }));

Deno.test("a cancel that the server misses at first reaches it later", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    host.fault = () => ({ kind: "hang" });
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 8));
    await eventually("sending", () => host.fragments.length === 1);
    let misses = 3;
    functions.fault = (call) => call.startsWith("DELETE") && misses-- > 0 ? { status: 503 } : null;
    await tab.cancel(id);
    assert.equal(functions.rows[0]!.session.status, "canceled");
    assert.equal(tab.getSnapshot()[0]!.error, null);
  }));

Deno.test("an upload canceled in another tab ends here too", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    host.fault = ({ start }) => start === UNIT ? { kind: "hang" } : null;
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 9));
    await eventually("second fragment", () => host.fragments.length === 2);
    functions.rows[0]!.session.status = "canceled";
    const state = await untilStatus(tab, id, "canceled");
    assert.equal(state.error?.code, "upload_canceled");
  }));

Deno.test("a second tab sees that the upload is in use and takes it over when asked", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    host.fault = ({ start }) => start === 2 * UNIT ? { kind: "hang" } : null;
    const first = openTab();
    const firstId = first.add(randomFile(SIZE, 10));
    await eventually("third fragment", () => host.fragments.length === 3);
    const second = openTab({ timings: { inUseMs: 60_000 } });
    await second.restore();
    const { id } = second.getSnapshot()[0]!;
    await second.attachFile(id, randomFile(SIZE, 10));
    await untilStatus(second, id, "in_use_elsewhere");
    host.fault = () => null;
    second.takeOver(id);
    await untilStatus(second, id, "complete");
    await untilStatus(first, firstId, "in_use_elsewhere", "complete");
    assert.equal(functions.rows.length, 1);
    assert.equal(host.peak.session <= 2, true);
    assert.deepEqual([...host.sessions.values()][0]!.stored, randomBytes(SIZE, 10));
  }));

Deno.test("a tab goes on by itself when the other one has stopped", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ start }) => start === 2 * UNIT ? { kind: "hang" } : null;
    const first = openTab();
    first.add(randomFile(SIZE, 11));
    await eventually("third fragment", () => host.fragments.length === 3);
    const second = openTab();
    await second.restore();
    const { id } = second.getSnapshot()[0]!;
    await second.attachFile(id, randomFile(SIZE, 11));
    await untilStatus(second, id, "in_use_elsewhere");
    first.dispose();
    host.fault = () => null;
    await untilStatus(second, id, "complete");
  }));

Deno.test("clicks that come too late do nothing", () =>
  inUploadWorld(async ({ openTab }) => {
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 12));
    await untilStatus(tab, id, "complete");
    tab.pause(id);
    tab.resume(id);
    tab.retry(id);
    tab.takeOver(id);
    await tab.cancel(id);
    await tab.attachFile(id, randomFile(SIZE, 12));
    assert.equal(tab.getSnapshot()[0]!.status, "complete");
    await tab.cancel("unknown");
    tab.pause("unknown");
  }));
