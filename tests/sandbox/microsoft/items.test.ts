import assert from "node:assert/strict";
import { type Json, makeBytes, MicrosoftAccount } from "../support/microsoft-account.ts";
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

async function statusOf(promise: Promise<Response>): Promise<number> {
  const response = await promise;
  await response.body?.cancel();
  return response.status;
}

function makeFolder(
  account: MicrosoftAccount,
  name: string,
  parent = "/me/drive/root",
  extra = {},
): Promise<Json> {
  return account.graphJson("POST", `${parent}/children`, { name, folder: {}, ...extra });
}

Deno.test("profiles and drives differ between personal and work accounts", async () => {
  const [personal, business] = [await ann.graphJson("GET", "/me"), await work.graphJson("GET", "/me")];
  assert.deepEqual([personal.mail, business.mail], [null, business.userPrincipalName]);
  const [own, company] = [await ann.graphJson("GET", "/me/drive"), await work.graphJson("GET", "/me/drive")];
  assert.deepEqual([own.driveType, company.driveType], ["personal", "business"]);
  assert.match(own.id, /^[0-9A-F]{16}$/);
  assert.match(company.id, /^b!/);
  assert.equal((await ann.graphJson("GET", `/drives/${own.id.toLowerCase()}`)).id, own.id);
  assert.equal(await statusOf(ann.graph("GET", `/drives/${encodeURIComponent(company.id)}/root`)), 404);
});

Deno.test("an account without OneDrive says so", async () => {
  const none = await MicrosoftAccount.connect(sandbox, "bo+nodrive");
  assert.equal(await statusOf(none.graph("GET", "/me/drive")), 404);
  const unlicensed = await MicrosoftAccount.connect(sandbox, "bo+work+nodrive");
  assert.match((await unlicensed.graphJson("GET", "/me/drive")).error.message, /SPO license/);
});

Deno.test("calls without a good token are 401 with request ids", async () => {
  const url = `${sandbox.urls.MICROSOFT_GRAPH_URL}/v1.0/me`;
  for (const authorization of [null, "Bearer garbage", "Basic abc"]) {
    const response = await fetch(url, { headers: authorization === null ? {} : { authorization } });
    assert.equal(response.status, 401);
    assert.ok(response.headers.get("request-id") && response.headers.get("www-authenticate"));
    const { error } = await response.json();
    assert.equal(error.code, "InvalidAuthenticationToken");
    assert.equal(error.innerError["request-id"], response.headers.get("request-id"));
  }
});

Deno.test("folders are made, found by path without regard to case, and named once", async () => {
  const videos = await makeFolder(ann, "My Videos");
  const clips = await makeFolder(ann, "Clips #1", `/me/drive/items/${videos.id}`);
  assert.equal((await ann.graphJson("GET", "/me/drive/root:/my%20videos/clips%20%231")).id, clips.id);
  assert.equal((await ann.graphJson("GET", `/me/drive/items/${videos.id}:/Clips%20%231:`)).id, clips.id);
  assert.equal((await makeFolder(ann, "MY VIDEOS")).error.code, "nameAlreadyExists");
  assert.equal(
    (await makeFolder(ann, "My Videos", "/me/drive/root", { [BEHAVIOR]: "rename" })).name,
    "My Videos 1",
  );
  assert.equal(
    (await makeFolder(ann, "My Videos", "/me/drive/root", { [BEHAVIOR]: "replace" })).id,
    videos.id,
  );
  await makeFolder(work, "My Videos");
  const replaced = await makeFolder(work, "My Videos", "/me/drive/root", { [BEHAVIOR]: "replace" });
  assert.equal(replaced.error.code, "nameAlreadyExists");
  assert.equal((await makeFolder(ann, "bad:name")).error.innerError.code, "invalidPath");
  assert.equal(await statusOf(ann.graph("GET", "/me/drive/root:/Nothing/here")), 404);
  assert.equal(
    await statusOf(ann.graph("POST", "/me/drive/items/NOPE/children", { name: "x", folder: {} })),
    404,
  );
});

Deno.test("an item keeps its id through rename and move, content tags change only with content", async () => {
  const folder = await makeFolder(ann, "Target");
  const file = await ann.graphJson("PUT", "/me/drive/root:/a.mp4:/content", makeBytes(100));
  const renamed = await ann.graphJson("PATCH", `/me/drive/items/${file.id}`, { name: "b.mp4" });
  const moved = await ann.graphJson("PATCH", `/me/drive/items/${file.id}`, {
    parentReference: { id: folder.id },
  });
  assert.deepEqual([renamed.id, moved.id, moved.name], [file.id, file.id, "b.mp4"]);
  assert.equal(moved.parentReference.path, "/drive/root:/Target");
  assert.equal(moved.cTag, file.cTag);
  assert.notEqual(moved.eTag, file.eTag);
  const changed = await ann.graphJson("PUT", `/me/drive/items/${file.id}/content`, makeBytes(50));
  assert.notEqual(changed.cTag, file.cTag);
  const back = { parentReference: { path: "/drive/root:" }, name: "c.mp4" };
  assert.equal(
    (await ann.graphJson("PATCH", `/me/drive/items/${file.id}`, back)).parentReference.path,
    "/drive/root:",
  );
});

Deno.test("a change is refused when it clashes, loops or is out of date", async () => {
  const outer = await makeFolder(ann, "Outer");
  const inner = await makeFolder(ann, "Inner", `/me/drive/items/${outer.id}`);
  const patch = (id: string, body: Json, headers = {}) =>
    statusOf(ann.graph("PATCH", `/me/drive/items/${id}`, body, headers));
  await makeFolder(ann, "Other");
  assert.equal(await patch(outer.id, { name: "other" }), 409);
  assert.equal(await patch(outer.id, { name: "OUTER" }), 200);
  assert.equal(await patch(outer.id, { parentReference: { id: inner.id } }), 400);
  assert.equal(await patch(outer.id, { name: "x?" }), 400);
  assert.equal(await patch(outer.id, { name: "x" }, { "if-match": "stale" }), 412);
  assert.equal(await patch(outer.id, { parentReference: { id: "NOPE" } }), 404);
  assert.equal(await patch("root", { name: "x" }), 400);
  assert.equal(await statusOf(ann.graph("PATCH", `/me/drive/items/${outer.id}`, makeBytes(10))), 400);
});

Deno.test("a deleted folder takes its files to the recycle bin", async () => {
  const folder = await makeFolder(ann, "Old");
  const file = await ann.graphJson("PUT", `/me/drive/items/${folder.id}:/a.mp4:/content`, makeBytes(1000));
  assert.equal(
    await statusOf(ann.graph("DELETE", `/me/drive/items/${folder.id}`, undefined, { "if-match": "stale" })),
    412,
  );
  assert.equal(await statusOf(ann.graph("DELETE", `/me/drive/items/${folder.id}`)), 204);
  assert.equal(await statusOf(ann.graph("GET", `/me/drive/items/${file.id}`)), 404);
  assert.equal(await statusOf(ann.graph("DELETE", `/me/drive/items/${folder.id}`)), 404);
  const { quota } = await ann.graphJson("GET", "/me/drive");
  assert.deepEqual([quota.deleted, quota.used], [1000, 0]);
  assert.deepEqual(await sandbox.control("GET", "/files"), []);
  assert.equal(await statusOf(fetch(file["@microsoft.graph.downloadUrl"])), 404);
});

Deno.test("a work account's recycle bin counts as used until it is emptied", async () => {
  const file = await work.graphJson("PUT", "/me/drive/root:/a.mp4:/content", makeBytes(1000));
  await work.graph("DELETE", `/me/drive/items/${file.id}`);
  assert.equal((await work.graphJson("GET", "/me/drive")).quota.used, 1000);
  const other = await work.graphJson("PUT", "/me/drive/root:/b.mp4:/content", makeBytes(500));
  assert.equal(await statusOf(work.graph("POST", `/me/drive/items/${other.id}/permanentDelete`)), 204);
  assert.equal((await work.graphJson("GET", "/me/drive")).quota.used, 1000);
});

Deno.test("an empty file is stored by a simple upload", async () => {
  const item = await ann.graphJson("PUT", "/me/drive/root:/empty.txt:/content", new Uint8Array());
  assert.equal(item.size, 0);
  assert.equal((await (await fetch(item["@microsoft.graph.downloadUrl"])).bytes()).length, 0);
});

Deno.test("select narrows an item and gives the download address only with the id", async () => {
  const { id } = await ann.graphJson("PUT", "/me/drive/root:/a.mp4:/content", makeBytes(10));
  const select = async (fields: string) =>
    Object.keys(await ann.graphJson("GET", `/me/drive/items/${id}?$select=${fields}`)).filter((name) =>
      !name.startsWith("@odata")
    );
  assert.deepEqual(await select("id,name,size"), ["id", "name", "size"]);
  assert.deepEqual(await select("name,@microsoft.graph.downloadUrl"), ["name"]);
  assert.deepEqual(await select("id,@microsoft.graph.downloadUrl"), ["id", "@microsoft.graph.downloadUrl"]);
  assert.deepEqual(await select("id,content.downloadUrl"), ["id", "@microsoft.graph.downloadUrl"]);
});

Deno.test("unknown addresses and wrong methods are refused", async () => {
  assert.equal(await statusOf(ann.graph("GET", "/me/messages")), 400);
  assert.equal(await statusOf(ann.graph("GET", "/me/drive/root/nothing")), 400);
  assert.equal(await statusOf(ann.graph("PUT", "/me/drive/root/children", {})), 405);
  assert.equal(await statusOf(ann.graph("GET", "/me/drive/root:/%E0%A4%A")), 400);
});
