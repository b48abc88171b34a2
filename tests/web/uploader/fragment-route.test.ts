import assert from "node:assert/strict";
import type { DirectAccess } from "../../../web/src/features/uploads/uploader/probe-direct.ts";
import {
  ConnectionLost,
  type SendFragment,
} from "../../../web/src/features/uploads/uploader/send-fragment.ts";
import { fetchFragment } from "./support/fetch-fragment.ts";
import { randomBytes, randomFile } from "./support/random-bytes.ts";
import { inUploadWorld, untilStatus } from "./support/upload-world.ts";

const UNIT = 327_680;
const SIZE = 6 * UNIT;

/** A browser that the upload host does not let in; what goes to our own server arrives. */
function keepOut(sent: string[]): SendFragment {
  return (request) => {
    sent.push(request.headers ? "relayed" : "direct");
    return request.headers ? fetchFragment(request) : Promise.reject(new ConnectionLost("blocked"));
  };
}

Deno.test("an upload that CORS keeps out goes through the server, and nothing is shown as an error", () =>
  inUploadWorld(async ({ host, openTab }) => {
    const sent: string[] = [];
    const probed: string[] = [];
    const probeDirect = (url: string): Promise<DirectAccess> => {
      probed.push(url);
      return Promise.resolve("blocked");
    };
    const tab = openTab({ sendFragment: keepOut(sent), probeDirect });
    const id = tab.add(randomFile(SIZE, 1));
    const errors = new Set<string>();
    tab.subscribe(() => errors.add(tab.getSnapshot()[0]!.error?.code ?? "none"));
    const state = await untilStatus(tab, id, "complete", "failed");
    assert.deepEqual([state.status, state.notice, [...errors]], ["complete", null, ["none"]]);
    assert.deepEqual(sent, ["direct", ...Array(6).fill("relayed")]);
    assert.equal(probed.length, 1);
    assert.deepEqual([...host.sessions.values()][0]!.stored, randomBytes(SIZE, 1));

    await untilStatus(tab, tab.add(randomFile(SIZE, 2)), "complete");
    assert.equal(sent[7], "direct", "the next upload tries the straight way again");
  }));

Deno.test("an upload that is merely offline or cut off is never relayed", () =>
  inUploadWorld(async ({ host, openTab }) => {
    let isUp = false;
    const sent: string[] = [];
    const sendFragment: SendFragment = (request) => {
      sent.push(request.headers ? "relayed" : "direct");
      return isUp ? fetchFragment(request) : Promise.reject(new ConnectionLost("cut"));
    };
    const probeDirect = (): Promise<DirectAccess> => {
      isUp = sent.length > 6;
      return Promise.resolve("unreachable");
    };
    const tab = openTab({ sendFragment, probeDirect });
    await untilStatus(tab, tab.add(randomFile(SIZE, 3)), "complete");
    assert.ok(!sent.includes("relayed"));
    assert.deepEqual([...host.sessions.values()][0]!.stored, randomBytes(SIZE, 3));
  }));

Deno.test("a host that lets everything through but fragments is relayed in the end", () =>
  inUploadWorld(async ({ openTab }) => {
    const sent: string[] = [];
    const tab = openTab({ sendFragment: keepOut(sent), probeDirect: () => Promise.resolve("open") });
    await untilStatus(tab, tab.add(randomFile(SIZE, 4)), "complete");
    assert.deepEqual(sent.slice(0, 5), [...Array(4).fill("direct"), "relayed"]);
  }));

Deno.test("a host that answered once is not suspected for later cuts", () =>
  inUploadWorld(async ({ host, openTab }) => {
    host.fault = ({ start, attempt }) => start > 0 && attempt <= 3 ? { kind: "cut", after: 5 } : null;
    let probes = 0;
    const probeDirect = (): Promise<DirectAccess> => (probes++, Promise.resolve("blocked"));
    const tab = openTab({ probeDirect });
    await untilStatus(tab, tab.add(randomFile(SIZE, 5)), "complete");
    assert.equal(probes, 0);
  }));

Deno.test("a relayed upload survives OneDrive's faults and those of the server", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    const sent: string[] = [];
    host.fault = ({ attempt, start }) => {
      if (attempt > 1) return null;
      const status = [503, 500, 416, 404, 429, 502][start / UNIT]!;
      return { kind: "status", status, body: status === 502 ? "<html>" : undefined };
    };
    functions.fault = (call) =>
      call.startsWith("GET uploads/:id") && functions.calls.length % 3 === 0 ? { status: 503 } : null;
    const tab = openTab({ sendFragment: keepOut(sent), probeDirect: () => Promise.resolve("blocked") });
    const state = await untilStatus(tab, tab.add(randomFile(SIZE, 6)), "complete", "failed");
    assert.equal(state.status, "complete", state.error?.message);
    assert.equal(host.sessions.size, 1);
    assert.deepEqual([...host.sessions.values()][0]!.stored, randomBytes(SIZE, 6));
  }));

Deno.test("a relayed upload never sends more at once than the server takes", () =>
  inUploadWorld(async ({ host, openTab }) => {
    const size = 40 * UNIT + 5;
    const tab = openTab({
      now: Date.now,
      sendFragment: keepOut([]),
      probeDirect: () => Promise.resolve("blocked"),
    });
    await untilStatus(tab, tab.add(randomFile(size, 7)), "complete");
    const lengths = host.fragments.map(({ start, end }) => end - start);
    assert.ok(Math.max(...lengths) <= 24 * UNIT, String(lengths));
    assert.ok(Math.max(...lengths) > 3 * UNIT, "fragments still grow");
  }));
