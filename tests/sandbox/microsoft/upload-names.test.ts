import assert from "node:assert/strict";
import { type Json, makeBytes, MicrosoftAccount, putFragment, UNIT } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
let ann: MicrosoftAccount;
let work: MicrosoftAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await MicrosoftAccount.connect(sandbox, "ann");
  work = await MicrosoftAccount.connect(sandbox, "ann+work");
});

const BEHAVIOR = "@microsoft.graph.conflictBehavior";
const BYTES = makeBytes(UNIT);

function open(account: MicrosoftAccount, path: string, body: Json, headers = {}): Promise<Response> {
  return account.graph("POST", `/me/drive/root:/${path}:/createUploadSession`, body, headers);
}

async function outcome(response: Response): Promise<[status: number, code?: string, inner?: string]> {
  const body: Json = await response.json();
  return [response.status, body.error?.code, body.error?.innerError?.code].filter((part) =>
    part !== undefined
  ) as [number];
}

async function store(account: MicrosoftAccount, path: string, behavior: string): Promise<Response> {
  const { uploadUrl } = await (await open(account, path, { item: { [BEHAVIOR]: behavior } })).json();
  return await putFragment(uploadUrl, BYTES, 0, BYTES.length);
}

Deno.test("an upload to a taken name fails, renames or replaces", async () => {
  for (const account of [ann, work]) {
    const first: Json = await (await store(account, "clip.mp4", "fail")).json();
    assert.deepEqual(await outcome(await open(account, "CLIP.mp4", { item: { [BEHAVIOR]: "fail" } })), [
      409,
      "nameAlreadyExists",
    ]);
    const renamed = await store(account, "clip.mp4", "rename");
    assert.deepEqual([renamed.status, (await renamed.json()).name], [201, "clip 1.mp4"]);
    const replaced = await store(account, "clip.mp4", "replace");
    const item: Json = await replaced.json();
    assert.deepEqual([replaced.status, item.id], [200, first.id]);
    assert.notEqual(item.cTag, first.cTag);
  }
});

Deno.test("an upload without conflict behaviour replaces", async () => {
  await (await store(ann, "clip.mp4", "fail")).body?.cancel();
  const { uploadUrl } = await (await open(ann, "clip.mp4", {})).json();
  assert.equal((await putFragment(uploadUrl, BYTES, 0, BYTES.length)).status, 200);
});

Deno.test("an open session holds its name on work accounts only", async () => {
  const body = { item: { [BEHAVIOR]: "replace" } };
  assert.equal((await outcome(await open(ann, "a.mp4", body)))[0], 200);
  assert.equal((await outcome(await open(ann, "a.mp4", body)))[0], 200);
  const { uploadUrl } = await (await open(work, "a.mp4", body)).json();
  assert.deepEqual(await outcome(await open(work, "A.MP4", body)), [409, "nameAlreadyExists"]);
  await fetch(uploadUrl, { method: "DELETE" });
  assert.equal((await outcome(await open(work, "a.mp4", body)))[0], 200);
});

Deno.test("an expired session no longer holds its name", async () => {
  await sandbox.settings({ upload_session_ttl_s: 0 });
  assert.equal((await outcome(await open(work, "a.mp4", {})))[0], 200);
  assert.equal((await outcome(await open(work, "a.mp4", {})))[0], 200);
});

Deno.test("a name taken before the last byte is a conflict and the session stays", async () => {
  const { uploadUrl } = await (await open(ann, "a.mp4", { item: { [BEHAVIOR]: "fail" } })).json();
  await (await ann.graph("PUT", "/me/drive/root:/a.mp4:/content", makeBytes(10))).body?.cancel();
  assert.deepEqual(await outcome(await putFragment(uploadUrl, BYTES, 0, UNIT)), [409, "nameAlreadyExists"]);
  assert.deepEqual((await (await fetch(uploadUrl)).json()).nextExpectedRanges, []);
  const commit = { name: "b.mp4", [BEHAVIOR]: "fail", "@microsoft.graph.sourceUrl": uploadUrl };
  const committed = await ann.graph("PUT", "/me/drive/root:/Videos", commit);
  assert.equal(committed.status, 201);
  assert.equal((await committed.json()).parentReference.path, "/drive/root:/Videos");
});

Deno.test("a drive without room refuses the session, or the last byte", async () => {
  await sandbox.settings({ drive_quota_bytes: UNIT + 100 });
  assert.deepEqual(await outcome(await open(ann, "a.mp4", { item: { fileSize: UNIT + 101 } })), [
    507,
    "quotaLimitReached",
  ]);
  const { uploadUrl } = await (await open(ann, "a.mp4", { item: { fileSize: UNIT } })).json();
  await (await ann.graph("PUT", "/me/drive/root:/b.bin:/content", makeBytes(200))).body?.cancel();
  assert.deepEqual(await outcome(await putFragment(uploadUrl, BYTES, 0, UNIT)), [507, "quotaLimitReached"]);
  const { quota } = await ann.graphJson("GET", "/me/drive");
  assert.deepEqual([quota.total, quota.used, quota.remaining], [UNIT + 100, 200, UNIT - 100]);
});

Deno.test("quota states follow what is left", async () => {
  await (await ann.graph("PUT", "/me/drive/root:/b.bin:/content", makeBytes(1000))).body?.cancel();
  for (
    const [total, state] of [[2000, "normal"], [1100, "nearing"], [1005, "critical"], [1000, "exceeded"]]
  ) {
    await sandbox.settings({ drive_quota_bytes: total });
    assert.equal((await ann.graphJson("GET", "/me/drive")).quota.state, state);
  }
  await sandbox.settings({ hide_quota: true });
  assert.equal((await ann.graphJson("GET", "/me/drive")).quota, undefined);
});

Deno.test("names OneDrive does not take are refused", async () => {
  const refused = [
    "CON",
    "com7",
    ".lock",
    "desktop.ini",
    "a_vti_b.mp4",
    "~$a.docx",
    "a.",
    "a%3Ab",
    "a%22b",
    "%20a",
    "a%20",
    "a%0Ab",
    "forms",
  ];
  for (const name of refused) {
    assert.deepEqual(await outcome(await open(ann, name, {})), [400, "invalidRequest", "invalidPath"], name);
  }
  assert.deepEqual(await outcome(await open(ann, "a".repeat(256), {})), [
    400,
    "invalidRequest",
    "pathIsTooLong",
  ]);
  const deep = Array.from({ length: 5 }, () => "d".repeat(90)).join("/");
  assert.deepEqual(await outcome(await open(ann, `${deep}/a.mp4`, {})), [
    400,
    "invalidRequest",
    "pathIsTooLong",
  ]);
  for (const name of ["%23 1 100%25.mp4", "Ünï cødé 🎬.mp4", "a'b(c)[d].mp4", ".hidden", "x/forms"]) {
    assert.equal((await outcome(await open(ann, name, {})))[0], 200, name);
  }
});

Deno.test("a session request is refused for what it says", async () => {
  const cases: [body: Json, status: number][] = [
    [{ item: { name: "other.mp4" } }, 400],
    [{ item: { [BEHAVIOR]: "explode" } }, 400],
    [{ item: { fileSize: 0 } }, 400],
    [{ item: { fileSize: -5 } }, 400],
    [{ item: { fileSize: "12" } }, 400],
    [{ item: { fileSize: 251 * 1024 ** 3 } }, 413],
    [{ item: { description: "nice" } }, 400],
    [{ item: { name: "a.mp4", fileSize: 5 } }, 200],
  ];
  for (const [body, status] of cases) {
    assert.equal((await outcome(await open(ann, "a.mp4", body)))[0], status, JSON.stringify(body));
  }
  assert.equal((await outcome(await open(work, "a.mp4", { item: { description: "nice" } })))[0], 200);
  assert.equal((await outcome(await open(ann, "a.mp4", {}, { "if-none-match": "*" })))[0], 200);
  await (await store(ann, "a.mp4", "replace")).body?.cancel();
  assert.deepEqual(await outcome(await open(ann, "a.mp4", {}, { "if-none-match": "*" })), [
    412,
    "resourceModified",
  ]);
  assert.deepEqual(await outcome(await open(ann, "a.mp4", {}, { "if-match": "stale" })), [
    412,
    "resourceModified",
  ]);
});

Deno.test("an unknown parent is not found, a missing folder in the path is made", async () => {
  const unknown = await ann.graph("POST", "/me/drive/items/NOPE!1:/a.mp4:/createUploadSession", {});
  assert.deepEqual(await outcome(unknown), [404, "itemNotFound"]);
  await (await store(ann, "New/Deep/a.mp4", "fail")).body?.cancel();
  const folder = await ann.graphJson("GET", "/me/drive/root:/New/Deep");
  assert.equal(folder.folder.childCount, 1);
  assert.deepEqual(await outcome(await open(ann, "New/Deep/a.mp4/b.mp4", {})), [409, "nameAlreadyExists"]);
});

Deno.test("a session whose folder was deleted meanwhile ends with 404", async () => {
  const folder = await ann.graphJson("POST", "/me/drive/root/children", { name: "Gone", folder: {} });
  const opened = await ann.graphJson("POST", `/me/drive/items/${folder.id}:/a.mp4:/createUploadSession`, {});
  await ann.graph("DELETE", `/me/drive/items/${folder.id}`);
  assert.deepEqual(await outcome(await putFragment(opened.uploadUrl, BYTES, 0, UNIT)), [404, "itemNotFound"]);
});
