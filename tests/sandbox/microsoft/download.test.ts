import assert from "node:assert/strict";
import { readByteRange } from "../../../sandbox/kit/byte-range.ts";
import { makeBytes, MicrosoftAccount } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
let ann: MicrosoftAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await MicrosoftAccount.connect(sandbox, "ann");
});

const BYTES = makeBytes(700_001);

async function store(): Promise<{ id: string; url: string }> {
  const item = await ann.graphJson("PUT", "/me/drive/root:/my clip.mp4:/content", BYTES);
  return { id: item.id, url: item["@microsoft.graph.downloadUrl"] };
}

Deno.test("byte ranges are read as RFC 9110 says", () => {
  const part = (start: number, end: number) => ({ kind: "part", start, end });
  const cases: [header: string | null, expected: unknown][] = [
    [null, { kind: "whole" }],
    ["bytes=0-0", part(0, 0)],
    ["bytes=5-", part(5, 9)],
    ["bytes=-3", part(7, 9)],
    ["bytes=-30", part(0, 9)],
    ["bytes=2-99", part(2, 9)],
    ["bytes=10-", { kind: "unsatisfiable" }],
    ["bytes=-0", { kind: "unsatisfiable" }],
    ["bytes=5-2", { kind: "whole" }],
    ["bytes=0-1,4-5", { kind: "whole" }],
    ["items=0-1", { kind: "whole" }],
    ["bytes=-", { kind: "whole" }],
  ];
  for (const [header, expected] of cases) {
    assert.deepEqual(readByteRange(header, 10), expected, String(header));
  }
});

Deno.test("a file comes back whole, in ranges, and not beyond its end", async () => {
  const { url } = await store();
  const whole = await fetch(url);
  assert.equal(whole.headers.get("content-type"), "video/mp4");
  assert.equal(whole.headers.get("content-length"), String(BYTES.length));
  assert.deepEqual(await whole.bytes(), BYTES);
  const part = await fetch(url, { headers: { range: "bytes=300000-300009" } });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get("content-range"), `bytes 300000-300009/${BYTES.length}`);
  assert.deepEqual(await part.bytes(), BYTES.slice(300_000, 300_010));
  const beyond = await fetch(url, { headers: { range: `bytes=${BYTES.length}-` } });
  assert.equal(beyond.status, 416);
  assert.equal(beyond.headers.get("content-range"), `bytes */${BYTES.length}`);
  await beyond.body?.cancel();
  const head = await fetch(url, { method: "HEAD" });
  assert.equal(head.headers.get("content-length"), String(BYTES.length));
});

Deno.test("Range can be ignored by a switch", async () => {
  const { url } = await store();
  await sandbox.settings({ ignore_range: true });
  const response = await fetch(url, { headers: { range: "bytes=0-9" } });
  assert.equal(response.status, 200);
  assert.equal((await response.bytes()).length, BYTES.length);
});

Deno.test("content redirects to the pre-authenticated address, or says nothing changed", async () => {
  const { id } = await store();
  const response = await ann.graph("GET", `/me/drive/items/${id}/content`);
  assert.equal(response.status, 302);
  assert.deepEqual(await (await fetch(response.headers.get("location")!)).bytes(), BYTES);
  const { eTag } = await ann.graphJson("GET", `/me/drive/items/${id}`);
  const same = await ann.graph("GET", `/me/drive/items/${id}/content`, undefined, { "if-none-match": eTag });
  assert.equal(same.status, 304);
});

Deno.test("a download address dies with time, tampering and a token", async () => {
  const { id, url } = await store();
  const statusOf = async (address: string, headers = {}) => {
    const response = await fetch(address, { headers });
    await response.body?.cancel();
    return response.status;
  };
  assert.equal(await statusOf(url, { authorization: `Bearer ${ann.tokens.access_token}` }), 401);
  assert.equal(await statusOf(url.slice(0, -2)), 401);
  assert.equal(await statusOf(url.split("?")[0]!), 401);
  await sandbox.settings({ download_url_ttl_s: 0 });
  const short = (await ann.graphJson("GET", `/me/drive/items/${id}`))["@microsoft.graph.downloadUrl"];
  assert.equal(await statusOf(short), 401);
  assert.equal(await statusOf(url), 200);
});

Deno.test("people find the file on the sandbox's own pages", async () => {
  await store();
  const list = await (await fetch(`${sandbox.urls.SANDBOX_URL}/microsoft`)).text();
  const link = /href="(\/microsoft\/files\/[^"]+)"/.exec(list)![1]!;
  const page = await (await fetch(`${sandbox.urls.SANDBOX_URL}${link}`)).text();
  const video = /<video src="([^"]+)"/.exec(page)![1]!.replaceAll("&amp;", "&");
  assert.deepEqual(await (await fetch(video)).bytes(), BYTES);
});
