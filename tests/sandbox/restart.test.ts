import assert from "node:assert/strict";
import { QuickXorHash } from "../../sandbox/microsoft/quick-xor-hash.ts";
import {
  type Json,
  makeBytes,
  MicrosoftAccount,
  putFragment,
  requestTokens,
  UNIT,
  waitFor,
} from "./support/microsoft-account.ts";
import type { SandboxProcess } from "./support/sandbox-process.ts";
import { shareSandbox } from "./support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

async function nextOffset(url: string): Promise<number> {
  return parseInt((await (await fetch(url)).json()).nextExpectedRanges[0]);
}

Deno.test("accounts, grants, files and open uploads survive a restart", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  const file = await ann.graphJson("PUT", "/me/drive/root:/Old/a.bin:/content", makeBytes(5000));
  const bytes = makeBytes(4 * UNIT + 9);
  const url = await ann.openUpload("b.bin", { fileSize: bytes.length });
  await (await putFragment(url, bytes, 0, 2 * UNIT)).body?.cancel();

  const status = await sandbox.halt("SIGTERM");
  assert.equal(status.code, 0);
  await sandbox.boot();

  assert.equal((await ann.graphJson("GET", "/me")).displayName, "Ann");
  const found = await ann.graphJson("GET", "/me/drive/root:/Old/a.bin");
  assert.equal(found.id, file.id);
  assert.deepEqual(await (await fetch(file["@microsoft.graph.downloadUrl"])).bytes(), makeBytes(5000));
  const refreshed = await requestTokens(sandbox, {
    grant_type: "refresh_token",
    refresh_token: ann.tokens.refresh_token!,
  });
  assert.equal(refreshed.status, 200);
  await refreshed.body?.cancel();

  assert.equal(await nextOffset(url), 2 * UNIT);
  assert.equal((await putFragment(url, bytes, 2 * UNIT, bytes.length)).status, 201);
  const hash = new QuickXorHash();
  hash.update(bytes);
  const files = await sandbox.control<Json[]>("GET", "/files");
  assert.equal(files.find((entry) => entry.path === "/b.bin").quickxor, hash.digest());
});

Deno.test("a killed sandbox comes back with what it had saved", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  const bytes = makeBytes(3 * UNIT);
  const url = await ann.openUpload("b.bin", { fileSize: bytes.length });
  await (await putFragment(url, bytes, 0, UNIT)).body?.cancel();
  await waitFor(async () => (await sandbox.readState()).includes(`"nextOffset":${UNIT}`) ? true : null);
  await sandbox.halt("SIGKILL");
  await sandbox.boot();
  assert.equal(await nextOffset(url), UNIT);
  assert.equal((await putFragment(url, bytes, UNIT, bytes.length)).status, 201);
});

Deno.test("a reset clears accounts, files, uploads, faults, settings and counts", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  await ann.graphJson("PUT", "/me/drive/root:/a.bin:/content", makeBytes(10));
  const url = await ann.openUpload("b.bin");
  await sandbox.settings({ page_size: 1 });
  await sandbox.fault({ kind: "status", value: 500, times: null, path: "/never" });
  await sandbox.reset();
  assert.equal((await ann.graph("GET", "/me")).status, 401);
  assert.equal((await fetch(url)).status, 404);
  assert.deepEqual(await sandbox.control("GET", "/files"), []);
  assert.deepEqual(await sandbox.control("GET", "/faults"), []);
  assert.deepEqual(await sandbox.control("GET", "/settings?service=microsoft"), { service: "microsoft" });
  const counts = await sandbox.control<Json[]>("GET", "/requests");
  assert.deepEqual(counts.map((entry) => entry.status).sort(), [401, 404]);
});

Deno.test("a reset during an upload ends it without a trace", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  const bytes = makeBytes(60 * UNIT);
  const url = await ann.openUpload("b.bin");
  const sending = putFragment(url, bytes, 0, 50 * UNIT).then((response) => response.status, () => 0);
  await sandbox.reset();
  assert.ok([0, 202, 404].includes(await sending));
  assert.equal((await fetch(url)).status, 404);
  assert.deepEqual(await sandbox.control("GET", "/files"), []);
});
