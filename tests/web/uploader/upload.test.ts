import assert from "node:assert/strict";
import type { UploadState } from "../../../web/src/features/uploads/uploader/create-uploader.ts";
import { canMove } from "../../../web/src/features/uploads/uploader/upload-state.ts";
import { randomBytes, randomFile } from "./support/random-bytes.ts";
import { inUploadWorld, untilStatus } from "./support/upload-world.ts";

const UNIT = 327_680;
const SIZE = 6 * UNIT + 1000;

Deno.test("an upload takes a file whole and equal to OneDrive", () =>
  inUploadWorld(async ({ host, openTab }) => {
    const tab = openTab();
    const productId = crypto.randomUUID();
    const id = tab.add(randomFile(SIZE, 1), { productId });
    const done = await untilStatus(tab, id, "complete", "failed");
    assert.equal(done.status, "complete");
    assert.equal(done.sentBytes, SIZE);
    assert.equal(done.video?.size_bytes, SIZE);
    assert.equal(done.video?.product_id, productId);
    assert.equal(done.error, null);
    const [session] = [...host.sessions.values()];
    assert.deepEqual(session!.stored, randomBytes(SIZE, 1));
  }));

Deno.test("an upload sends its fragments in order, one at a time, with two headers only", () =>
  inUploadWorld(async ({ host, openTab }) => {
    const tab = openTab();
    await untilStatus(tab, tab.add(randomFile(SIZE, 2)), "complete");
    assert.equal(host.peak.session, 1);
    assert.equal(host.fragments.length, 6, "the short rest travels with the last fragment");
    let expected = 0;
    for (const { start, end, total, headers } of host.fragments) {
      assert.deepEqual([start, total], [expected, SIZE]);
      expected = end;
      assert.equal(headers["content-type"], "application/octet-stream");
      assert.equal(headers.authorization, undefined);
      assert.equal(headers.apikey, undefined);
      assert.equal(headers.cookie, undefined);
    }
  }));

Deno.test("an upload shows only allowed moves and a growing number of bytes", () =>
  inUploadWorld(async ({ openTab }) => {
    const tab = openTab();
    const seen: UploadState[] = [];
    tab.subscribe(() => seen.push(...tab.getSnapshot()));
    await untilStatus(tab, tab.add(randomFile(SIZE, 3)), "complete");
    const statuses = seen.map(({ status }) => status).filter((status, i, all) => status !== all[i - 1]);
    assert.deepEqual(statuses, [
      "queued",
      "fingerprinting",
      "preparing",
      "uploading",
      "verifying",
      "complete",
    ]);
    seen.reduce((before, after) => {
      assert.ok(canMove(before.status, after.status));
      assert.ok(after.sentBytes >= before.sentBytes);
      return after;
    });
  }));

Deno.test("snapshots are the same object until something changes", () =>
  inUploadWorld(async ({ openTab }) => {
    const tab = openTab();
    const id = tab.add(new File([], "empty.mp4"));
    const first = tab.getSnapshot();
    assert.equal(tab.getSnapshot(), first);
    const other = tab.add(new File([], "other.mp4"));
    assert.notEqual(tab.getSnapshot(), first);
    assert.equal(tab.getSnapshot()[0], first[0]);
    tab.dismiss(id);
    tab.dismiss(other);
    assert.equal(tab.getSnapshot().length, 0);
    await Promise.resolve();
  }));

Deno.test("a file without bytes is refused before anything is sent", () =>
  inUploadWorld(async ({ functions, openTab }) => {
    const tab = openTab();
    const state = await untilStatus(tab, tab.add(new File([], "empty.mp4")), "failed");
    assert.deepEqual(state.error, { code: "empty_file", message: "The file is empty." });
    assert.deepEqual(functions.calls, []);
  }));

Deno.test("a refusal of the server fails at once with its sentence", () =>
  inUploadWorld(async ({ functions, openTab }) => {
    functions.fault = (call) =>
      call === "POST upload-url" ? { status: 422, code: "unsupported_file_type" } : null;
    const tab = openTab();
    const id = tab.add(randomFile(1000, 4));
    const state = await untilStatus(tab, id, "failed");
    assert.equal(state.error?.code, "unsupported_file_type");
    assert.equal(state.error?.message, "A sentence about unsupported_file_type.");
    functions.fault = () => null;
    tab.retry(id);
    await untilStatus(tab, id, "complete");
  }));

Deno.test("an upload asks again until OneDrive has its hash", () =>
  inUploadWorld(async ({ functions, openTab }) => {
    functions.verifyingTimes = 3;
    const tab = openTab();
    await untilStatus(tab, tab.add(randomFile(SIZE, 5)), "complete");
    assert.equal(functions.calls.filter((call) => call.endsWith("/complete")).length, 4);
  }));

Deno.test("a file that arrived damaged fails, and another try sends it anew", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    functions.isDamaged = true;
    const tab = openTab();
    const id = tab.add(randomFile(SIZE, 6));
    const state = await untilStatus(tab, id, "failed");
    assert.equal(state.error?.code, "hash_mismatch");
    functions.isDamaged = false;
    tab.retry(id);
    await untilStatus(tab, id, "complete");
    assert.equal(host.sessions.size, 2);
    assert.equal(functions.rows.length, 1);
  }));

Deno.test("three files are sent at the same time, the others wait for their turn", () =>
  inUploadWorld(async ({ host, openTab }) => {
    const tab = openTab();
    let busiest = 0;
    tab.subscribe(() => {
      const isBusy = ({ status }: UploadState) =>
        ["fingerprinting", "preparing", "uploading"].includes(status);
      busiest = Math.max(busiest, tab.getSnapshot().filter(isBusy).length);
    });
    const ids = [1, 2, 3, 4, 5, 6].map((seed) => tab.add(randomFile(SIZE, seed, `${seed}.mp4`)));
    assert.deepEqual(
      tab.getSnapshot().map(({ fileName }) => fileName),
      [1, 2, 3, 4, 5, 6].map((n) => `${n}.mp4`),
    );
    await Promise.all(ids.map((id) => untilStatus(tab, id, "complete")));
    assert.equal(busiest, 3);
    assert.ok(host.peak.all <= 3);
  }));

Deno.test("the server hears how far an upload is, with a hash state it may keep", () =>
  inUploadWorld(async ({ host, functions, openTab }) => {
    host.fault = ({ start, attempt }) => start === 4 * UNIT && attempt === 1 ? { kind: "hang" } : null;
    const tab = openTab({ timings: { stallMs: 200 } });
    await untilStatus(tab, tab.add(randomFile(SIZE, 7)), "complete");
    for (const { next_offset, hash } of functions.reports) assert.ok((hash?.offset ?? 0) <= next_offset);
    assert.ok(functions.reports.some(({ next_offset, hash }) => hash?.offset === next_offset));
  }));

Deno.test("the measures of the video go along with its completion", () =>
  inUploadWorld(async ({ openTab }) => {
    const poster = { blob: new Blob(["jpeg"]), width: 1920, height: 1080, durationMs: 5000 };
    const tab = openTab({ makePoster: () => Promise.resolve(poster) });
    const state = await untilStatus(tab, tab.add(randomFile(SIZE, 8)), "complete");
    assert.equal(state.poster, poster);
  }));

Deno.test("a poster that cannot be made holds nothing up", () =>
  inUploadWorld(async ({ openTab }) => {
    const tab = openTab({ makePoster: () => Promise.reject(new Error("no decoder")) });
    const state = await untilStatus(tab, tab.add(randomFile(SIZE, 9)), "complete");
    assert.equal(state.poster, null);
  }));

Deno.test("a file that its product has already is asked about, and uploaded when it is wanted", () =>
  inUploadWorld(async ({ functions, openTab }) => {
    functions.fault = (call) =>
      call === "POST upload-url" && !functions.creations.at(-1)!.allow_duplicate
        ? { status: 409, code: "duplicate_upload" }
        : null;
    const tab = openTab();
    const productId = crypto.randomUUID();
    const id = tab.add(randomFile(SIZE, 20), { productId });
    const asked = await untilStatus(tab, id, "already_there", "failed");
    assert.deepEqual([asked.status, asked.error?.code], ["already_there", "duplicate_upload"]);
    tab.pause(id);
    tab.retry(id);
    assert.equal(tab.getSnapshot()[0]!.status, "already_there");
    tab.uploadAnyway(id);
    await untilStatus(tab, id, "complete");
    assert.deepEqual(functions.creations.map((request) => request.allow_duplicate), [undefined, true]);

    const unwanted = tab.add(randomFile(SIZE, 20), { productId });
    await untilStatus(tab, unwanted, "already_there");
    tab.dismiss(unwanted);
    assert.deepEqual(tab.getSnapshot().map((upload) => upload.id), [id]);
  }));

Deno.test("an upload begins with the fragment length that suited the one before", () =>
  inUploadWorld(async ({ host, openTab }) => {
    const tab = openTab({ now: () => performance.now() });
    await untilStatus(tab, tab.add(randomFile(4 * UNIT, 11)), "complete");
    const [first, second] = host.fragments;
    assert.equal(first!.end, UNIT, "the length that the server proposes");
    assert.ok(second!.end - second!.start > UNIT, "a fast line takes more");
    const before = host.fragments.length;
    await untilStatus(tab, tab.add(randomFile(4 * UNIT, 12)), "complete");
    assert.ok(host.fragments[before]!.end > UNIT);
  }));
