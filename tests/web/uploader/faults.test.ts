import assert from "node:assert/strict";
import { createConnectivity } from "../../../web/src/features/uploads/uploader/connectivity.ts";
import { eventually } from "../../support/eventually.ts";
import type { Fault, Fragment, HostSession } from "./support/pretend-onedrive.ts";
import { randomBytes, randomFile } from "./support/random-bytes.ts";
import { inUploadWorld, untilStatus } from "./support/upload-world.ts";

const UNIT = 327_680;
const FRAGMENTS = 6;
const SIZE = FRAGMENTS * UNIT;
const LAST = (FRAGMENTS - 1) * UNIT;

/** Strikes every fragment once, at its first try. */
const once = (fault: Fault) => ({ attempt }: Fragment) => attempt === 1 ? fault : null;

const EVERY_FRAGMENT: [name: string, fault: Fault][] = [
  ["cut at its first byte", { kind: "cut", after: 1 }],
  ["cut in the middle", { kind: "cut", after: 100_000 }],
  ["stored without an answer", { kind: "lost_answer" }],
  ["refused with 416", { kind: "status", status: 416 }],
  ["answered with 404", { kind: "status", status: 404 }],
  ["answered with 401", { kind: "status", status: 401 }],
  ["answered with 403", { kind: "status", status: 403 }],
  ["answered with 409", { kind: "status", status: 409, body: "conflict" }],
  ["throttled with 429", { kind: "status", status: 429 }],
  ["throttled with 503", { kind: "status", status: 503 }],
  ["lost in a 500", { kind: "status", status: 500 }],
  ["lost in a 502 with HTML", { kind: "status", status: 502, body: "<html>" }],
];
for (const [name, fault] of EVERY_FRAGMENT) {
  Deno.test(`an upload survives when every fragment is ${name}`, () =>
    inUploadWorld(async ({ host, functions, openTab }) => {
      host.fault = once(fault);
      const tab = openTab();
      const state = await untilStatus(tab, tab.add(randomFile(SIZE, 1)), "complete", "failed");
      assert.equal(state.status, "complete", state.error?.message);
      assertWhole([...host.sessions.values()], 1);
      assert.equal(functions.rows.length, 1);
      assert.equal(state.notice, null);
    }));
}

function assertWhole(sessions: HostSession[], seed: number): void {
  assert.equal(sessions.length, 1);
  assert.deepEqual(sessions[0]!.stored, randomBytes(SIZE, seed));
}

Deno.test("an upload goes on inside a fragment that was stored in part", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ start }) => start % UNIT === 0 ? { kind: "cut", after: 100_001, keep: true } : null;
    const tab = openTab();
    await untilStatus(tab, tab.add(randomFile(SIZE, 2)), "complete");
    assertWhole([...host.sessions.values()], 2);
    assert.ok(host.fragments.some(({ start }) => start % UNIT !== 0));
  }));

Deno.test("an upload whose fragments were stored although they failed sends nothing twice", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ attempt, start }) =>
      attempt === 1 && start < LAST ? { kind: "status", status: 500, stored: true } : null;
    const tab = openTab();
    await untilStatus(tab, tab.add(randomFile(SIZE, 3)), "complete");
    assert.equal(host.fragments.length, FRAGMENTS);
  }));

Deno.test("an upload survives a host that hangs", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ attempt, start }) => attempt === 1 && start > 0 ? { kind: "hang" } : null;
    const tab = openTab({ timings: { stallMs: 60 } });
    await untilStatus(tab, tab.add(randomFile(SIZE, 4)), "complete");
    assertWhole([...host.sessions.values()], 4);
  }));

Deno.test("an upload outlasts any number of failures", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ attempt, start }) => start === UNIT && attempt <= 40 ? { kind: "cut", after: 7 } : null;
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 5));
    const waiting = await untilStatus(tab, id, "waiting");
    assert.equal(waiting.error?.code, "connection_lost");
    assert.equal(waiting.sentBytes >= UNIT, true);
    await untilStatus(tab, id, "complete");
    assertWhole([...host.sessions.values()], 5);
  }));

Deno.test("an expired session begins again from zero and says so", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ session, start }) => {
      if (host.sessions.size === 1 && start === 3 * UNIT) session.isOpen = false;
      return host.sessions.size === 1 && start === 3 * UNIT ? { kind: "status", status: 404 } : null;
    };
    const tab = openTab();
    const state = await untilStatus(tab, tab.add(randomFile(SIZE, 6)), "complete");
    assert.equal(state.notice?.code, "upload_expired");
    assert.equal(host.sessions.size, 2);
    assert.deepEqual([...host.sessions.values()][1]!.stored, randomBytes(SIZE, 6));
  }));

Deno.test("a session that refuses for good is given up for a new one", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ start }) =>
      host.sessions.size < 3 && start === UNIT ? { kind: "status", status: 416 } : null;
    const tab = openTab();
    await untilStatus(tab, tab.add(randomFile(SIZE, 7)), "complete");
    assert.equal(host.sessions.size, 3);
  }));

Deno.test("a file that OneDrive can never commit fails in the end and can be tried again", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ end }) => end === SIZE ? { kind: "status", status: 500 } : null;
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 8));
    const state = await untilStatus(tab, id, "failed");
    assert.equal(state.error?.code, "onedrive_keeps_refusing");
    assert.equal(host.sessions.size, 4);
    host.fault = () => null;
    tab.retry(id);
    await untilStatus(tab, id, "complete");
  }));

Deno.test("a name taken at the last byte begins again under another one", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ end }) =>
      end === SIZE && host.sessions.size === 1
        ? { kind: "status", status: 409, body: "nameAlreadyExists" }
        : null;
    const tab = openTab();
    const state = await untilStatus(tab, tab.add(randomFile(SIZE, 9)), "complete");
    assert.equal(state.notice?.code, "name_taken");
  }));

Deno.test("a full drive stops the upload, and another try goes on where it was", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ start }) => start === 3 * UNIT ? { kind: "status", status: 507 } : null;
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 10));
    const state = await untilStatus(tab, id, "failed");
    assert.equal(state.error?.code, "quota_exceeded");
    assert.match(state.error!.message, /full/);
    host.fault = () => null;
    tab.retry(id);
    await untilStatus(tab, id, "complete");
    assert.equal(host.fragments.filter(({ start }) => start < 3 * UNIT).length, 3);
  }));

Deno.test("a fragment that is too large for the host is sent smaller", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ start, end }) => end - start > UNIT ? { kind: "status", status: 413 } : null;
    const tab = openTab({ now: Date.now });
    await untilStatus(tab, tab.add(randomFile(SIZE, 11)), "complete");
    assertWhole([...host.sessions.values()], 11);
  }));

Deno.test("a file that can no longer be read asks for the file, and goes on with it", () =>
  inUploadWorld(async ({ host, openTab }) => {
    const tab = openTab();
    const file = randomFile(SIZE, 12);
    host.fault = ({ start }) => {
      if (start === 2 * UNIT) makeUnreadable(file);
      return start === 2 * UNIT && file.slice !== File.prototype.slice ? { kind: "cut", after: 1 } : null;
    };
    const id = tab.add(file);
    const state = await untilStatus(tab, id, "needs_file");
    assert.equal(state.error?.code, "file_unreadable");
    host.fault = () => null;
    await tab.attachFile(id, randomFile(SIZE, 12));
    await untilStatus(tab, id, "complete");
    assertWhole([...host.sessions.values()], 12);
  }));

/** What a browser does with a picked file that was changed on disk. */
function makeUnreadable(file: File): void {
  const gone = () => Promise.reject(new DOMException("The file has changed.", "NotReadableError"));
  file.slice = () => Object.assign(new Blob(["x"]), { arrayBuffer: gone });
}

Deno.test("an upload waits for the network and goes on as soon as it is back", () =>
  inUploadWorld(async ({ host, openTab }) => {
    let isOnline = true;
    host.fault = ({ start }) => {
      if (start === 2 * UNIT && isOnline && host.fragments.length < 4) isOnline = false;
      return isOnline ? null : { kind: "cut", after: 1 };
    };
    const connectivity = createConnectivity(() => isOnline);
    const tab = openTab({ connectivity, timings: { backoffMaxMs: 60_000 } });
    const id = tab.add(randomFile(SIZE, 13));
    const state = await untilStatus(tab, id, "waiting");
    assert.deepEqual([state.error?.code, state.retryAt], ["offline", null]);
    isOnline = true;
    globalThis.dispatchEvent(new Event("online"));
    await untilStatus(tab, id, "complete");
  }));

Deno.test("functions that are down delay an upload and do not end it", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    host.fault = once({ kind: "cut", after: 9 });
    functions.fault = (call) => {
      const count = functions.calls.filter((made) => made === call).length;
      return count % 3 === 0 ? null : { status: [500, 502, 503, 504, 401, 429][functions.calls.length % 6]! };
    };
    const tab = openTab();
    await untilStatus(tab, tab.add(randomFile(SIZE, 14)), "complete");
    assert.equal(functions.rows.length, 1);
    assertWhole([...host.sessions.values()], 14);
  }));

Deno.test("a creation without an answer leaves no second session behind", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    functions.fault = (call) =>
      call === "POST upload-url" && functions.calls.filter((made) => made === call).length === 1
        ? "lost"
        : null;
    const tab = openTab();
    await untilStatus(tab, tab.add(randomFile(SIZE, 15)), "complete");
    assert.equal(functions.rows.length, 1);
    assertWhole([...host.sessions.values()], 15);
  }));

Deno.test("a completion without an answer is asked for again", () =>
  inUploadWorld(async ({ functions, openTab }) => {
    functions.fault = (call) =>
      call.endsWith("/complete") && functions.calls.filter((made) => made === call).length === 1
        ? "lost"
        : null;
    const tab = openTab();
    const state = await untilStatus(tab, tab.add(randomFile(SIZE, 16)), "complete");
    assert.ok(state.video);
    await eventually(
      "completed twice",
      () => functions.calls.filter((c) => c.endsWith("/complete")).length === 2,
    );
  }));
