import assert from "node:assert/strict";
import { QuickXorHash } from "../../sandbox/microsoft/quick-xor-hash.ts";
import { type Json, makeBytes, MicrosoftAccount, putFragment, UNIT } from "./support/microsoft-account.ts";
import { SandboxProcess } from "./support/sandbox-process.ts";

const FILE_BYTES = 256 * 1024 * 1024;
const FRAGMENT_BYTES = 96 * UNIT;

let sandbox: SandboxProcess;
Deno.test.beforeAll(async () => void (sandbox = await SandboxProcess.start()));
Deno.test.afterAll(() => sandbox.stop());

/** Resident memory of the sandbox in MiB. */
async function readMemory(): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${sandbox.pid}/status`);
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

Deno.test("a file of any size passes through flat memory, both ways", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  const fragment = makeBytes(FRAGMENT_BYTES);
  const url = await ann.openUpload("big.bin", { fileSize: FILE_BYTES });
  let after = 0;
  let peak = 0;
  for (let start = 0; start < FILE_BYTES; start += FRAGMENT_BYTES) {
    const end = Math.min(FILE_BYTES, start + FRAGMENT_BYTES);
    const response = await fetch(url, {
      method: "PUT",
      headers: { "content-range": `bytes ${start}-${end - 1}/${FILE_BYTES}` },
      body: fragment.subarray(0, end - start),
    });
    assert.ok(response.status === 202 || response.status === 201);
    await response.body?.cancel();
    if (start === FRAGMENT_BYTES) after = await readMemory();
    peak = Math.max(peak, await readMemory());
  }
  const item = await ann.graphJson("GET", "/me/drive/root:/big.bin");
  let received = 0;
  for await (const chunk of (await fetch(item["@microsoft.graph.downloadUrl"])).body!) {
    received += chunk.length;
    peak = Math.max(peak, received % (64 << 20) < chunk.length ? await readMemory() : 0);
  }
  assert.equal(received, FILE_BYTES);
  assert.ok(peak - after < 96, `grew from ${after.toFixed(0)} to ${peak.toFixed(0)} MiB`);
});

Deno.test("a slow reader does not make the sandbox read ahead", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  const item = await ann.graphJson("GET", "/me/drive/root:/big.bin");
  const before = await readMemory();
  const reader = (await fetch(item["@microsoft.graph.downloadUrl"])).body!.getReader();
  await reader.read();
  const me = await ann.graphJson("GET", "/me");
  assert.equal(me.displayName, "Ann");
  assert.ok(await readMemory() - before < 64);
  await reader.cancel();
});

Deno.test("other requests are answered while a fragment arrives", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  const bytes = makeBytes(150 * UNIT);
  const url = await ann.openUpload("busy.bin");
  let isArriving = true;
  const sending = putFragment(url, bytes, 0, 149 * UNIT).then((response: Json) => {
    isArriving = false;
    return response.body?.cancel();
  });
  let slowest = 0;
  const beganAt = performance.now();
  while (isArriving) {
    const startedAt = performance.now();
    await ann.graphJson("GET", "/me");
    slowest = Math.max(slowest, performance.now() - startedAt);
  }
  const took = performance.now() - beganAt;
  await sending;
  // A busy machine makes both slow; none waits for a good part of the fragment.
  assert.ok(slowest < Math.max(500, took / 2), `${slowest.toFixed(0)} of ${took.toFixed(0)} ms`);
});

Deno.test("a plain PUT of any length is hashed and forgotten", async () => {
  const bytes = makeBytes(250 * UNIT);
  const answer: Json = await (await fetch(`${sandbox.urls.MICROSOFT_UPLOAD_URL}/__sandbox/plain-put`, {
    method: "PUT",
    body: bytes,
  })).json();
  const hash = new QuickXorHash();
  hash.update(bytes);
  assert.deepEqual(answer, { size: bytes.length, quickxor: hash.digest() });
});
