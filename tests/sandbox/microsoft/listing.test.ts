import assert from "node:assert/strict";
import { type Json, makeBytes, MicrosoftAccount, waitFor } from "../support/microsoft-account.ts";
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

async function fill(account: MicrosoftAccount): Promise<void> {
  for (const name of ["b", "A", "c"]) {
    await account.graphJson("POST", "/me/drive/root/children", { name, folder: {} });
  }
  for (const [name, size] of [["x.mp4", 30], ["y.mp4", 20]] as const) {
    await account.graphJson("PUT", `/me/drive/root:/${name}:/content`, makeBytes(size));
  }
}

/** Follows nextLink (and gives the deltaLink, if any) from a path below the version. */
async function readAll(
  account: MicrosoftAccount,
  path: string,
): Promise<{ pages: Json[][]; deltaLink?: string }> {
  const pages: Json[][] = [];
  const base = `${sandbox.urls.MICROSOFT_GRAPH_URL}/v1.0`;
  for (let next: string | undefined = path; next !== undefined;) {
    const page: Json = await account.graphJson("GET", next);
    if (page.error) throw new Error(JSON.stringify(page.error));
    pages.push(page.value);
    const follow: string | undefined = page["@odata.nextLink"];
    if (follow !== undefined) assert.ok(follow.startsWith(base));
    if (follow === undefined) return { pages, deltaLink: page["@odata.deltaLink"]?.slice(base.length) };
    next = follow.slice(base.length);
  }
  return { pages };
}

const names = (pages: Json[][]) => pages.flat().map((item) => item.name);

Deno.test("a listing is paged, ordered and narrowed as asked", async () => {
  await fill(ann);
  const all = await readAll(ann, "/me/drive/root/children");
  assert.deepEqual(names(all.pages), ["A", "b", "c", "x.mp4", "y.mp4"]);
  const paged = await readAll(ann, "/me/drive/root/children?$top=2&$select=id,name&$orderby=name desc");
  assert.deepEqual(paged.pages.map((page) => page.length), [2, 2, 1]);
  assert.deepEqual(names(paged.pages), ["y.mp4", "x.mp4", "c", "b", "A"]);
  assert.deepEqual(Object.keys(paged.pages[2]![0]), ["id", "name"]);
  assert.deepEqual(
    names((await readAll(ann, "/me/drive/root/children?$orderby=size desc&$top=1")).pages).slice(0, 2),
    ["x.mp4", "y.mp4"],
  );
});

Deno.test("a listing may begin with an empty page and be paged by the service", async () => {
  await fill(ann);
  await sandbox.settings({ empty_pages: true, page_size: 2 });
  const { pages } = await readAll(ann, "/me/drive/root/children");
  assert.deepEqual(pages.map((page) => page.length), [0, 2, 2, 1]);
});

Deno.test("filter, order and expansion are refused where the service does not have them", async () => {
  await fill(ann);
  const codeOf = async (account: MicrosoftAccount, query: string) => {
    const response = await account.graph("GET", `/me/drive/root/children?${query}`);
    return [response.status, (await response.json()).error?.code];
  };
  assert.deepEqual(await codeOf(work, "$filter=folder ne null"), [501, "notSupported"]);
  assert.deepEqual(await codeOf(work, "$orderby=size"), [400, "notSupported"]);
  assert.deepEqual(await codeOf(work, "$expand=thumbnails"), [400, "notSupported"]);
  assert.deepEqual(await codeOf(ann, "$filter=file ne null"), [400, "notSupported"]);
  assert.deepEqual(await codeOf(ann, "$orderby=colour"), [400, "invalidRequest"]);
  assert.deepEqual(await codeOf(ann, "$top=0"), [400, "invalidRequest"]);
  assert.deepEqual(await codeOf(ann, "$skiptoken=zzz"), [400, "invalidRequest"]);
  assert.deepEqual(names((await readAll(ann, "/me/drive/root/children?$filter=folder ne null")).pages), [
    "A",
    "b",
    "c",
  ]);
});

Deno.test("delta tells everything first and then what changed, moved or went", async () => {
  await fill(ann);
  const first = await readAll(ann, "/me/drive/root/delta?$top=3");
  assert.deepEqual(first.pages.map((page) => page.length), [3, 3]);
  assert.equal(first.pages.flat()[0].parentReference.path, undefined);
  assert.deepEqual((await readAll(ann, first.deltaLink!)).pages, [[]]);

  const { value } = await ann.graphJson("GET", "/me/drive/root/children");
  const [a, b, , x, y] = value;
  await ann.graph("DELETE", `/me/drive/items/${x.id}`);
  await ann.graphJson("PATCH", `/me/drive/items/${y.id}`, { parentReference: { id: a.id } });
  await ann.graph("DELETE", `/me/drive/items/${b.id}`);
  const changes = (await readAll(ann, first.deltaLink!)).pages.flat();
  const byId = new Map(changes.map((change) => [change.id, change]));
  assert.deepEqual(byId.get(x.id).deleted, { state: "deleted" });
  assert.equal(byId.get(x.id).name, "x.mp4");
  assert.equal(byId.get(b.id).folder.childCount, undefined);
  assert.equal(byId.get(y.id).parentReference.id, a.id);
});

Deno.test("delta from now on starts empty, and work accounts leave names out of deletions", async () => {
  await fill(work);
  const start = await readAll(work, "/me/drive/root/delta?token=latest");
  assert.deepEqual(start.pages, [[]]);
  const file = await work.graphJson("GET", "/me/drive/root:/x.mp4");
  await work.graph("DELETE", `/me/drive/items/${file.id}`);
  const gone = (await readAll(work, start.deltaLink!)).pages.flat().find((change) => change.id === file.id);
  assert.deepEqual([gone.deleted.state, gone.name], ["deleted", undefined]);
  const folder = await work.graphJson("GET", "/me/drive/root:/A");
  assert.equal((await work.graph("GET", `/me/drive/items/${folder.id}/delta`)).status, 400);
});

Deno.test("delta can demand a fresh start and goes on from there", async () => {
  await fill(ann);
  const start = await readAll(ann, "/me/drive/root/delta?token=latest");
  await sandbox.settings({ delta_resync: "resyncChangesApplyDifferences" });
  const gone = await ann.graph("GET", start.deltaLink!);
  assert.equal(gone.status, 410);
  assert.equal((await gone.json()).error.code, "resyncChangesApplyDifferences");
  const location = gone.headers.get("location")!.split("/v1.0")[1]!;
  const fresh = await readAll(ann, location);
  assert.equal(fresh.pages.flat().length, 6);
  assert.deepEqual((await readAll(ann, fresh.deltaLink!)).pages, [[]]);
  assert.equal((await ann.graph("GET", "/me/drive/root/delta?token=garbage")).status, 400);
});

Deno.test("a batch answers each call by itself", async () => {
  await fill(ann);
  await sandbox.fault({ method: "GET", path: "/v1.0/me/drive", kind: "rate_limit", value: 7 });
  const requests = [
    { id: "1", method: "GET", url: "/me" },
    { id: "2", method: "GET", url: "/me/drive/root:/nothing" },
    { id: "3", method: "GET", url: "/me/drive" },
    {
      id: "4",
      method: "POST",
      url: "/me/drive/root/children",
      body: { name: "new", folder: {} },
      headers: { "content-type": "application/json" },
    },
    { id: "5", method: "GET", url: "/me/drive", dependsOn: ["2"] },
  ];
  const { responses } = await ann.graphJson("POST", "/$batch", { requests });
  assert.deepEqual(responses.map((part: Json) => part.status), [200, 404, 429, 201, 424]);
  assert.equal(responses[2].headers["retry-after"], "7");
  assert.equal(responses[3].body.name, "new");
  const many = Array.from({ length: 21 }, (_, i) => ({ id: String(i), method: "GET", url: "/me" }));
  assert.equal((await ann.graph("POST", "/$batch", { requests: many })).status, 400);
  assert.equal((await ann.graph("POST", "/$batch", { requests: [requests[0], requests[0]] })).status, 400);
});

Deno.test("hashes, video facts and thumbnails appear once a video is processed", async () => {
  await sandbox.settings({ processing_ms: 150 });
  const clip = await Deno.readFile(new URL("../../support/fixtures/clip.mp4", import.meta.url));
  const item = await ann.graphJson("PUT", "/me/drive/root:/clip.mp4:/content", clip);
  assert.deepEqual([item.file.mimeType, item.file.hashes, item.video], ["video/mp4", undefined, undefined]);
  assert.deepEqual((await ann.graphJson("GET", `/me/drive/items/${item.id}/thumbnails`)).value, []);
  const ready = await waitFor(async () => {
    const now = await ann.graphJson("GET", `/me/drive/items/${item.id}?$expand=thumbnails`);
    return now.file.hashes ? now : null;
  });
  assert.equal(ready.file.hashes.quickXorHash.length, 28);
  assert.ok(ready.video.duration > 0 && ready.video.width > 0);
  assert.deepEqual(Object.keys(ready.thumbnails[0]), ["id", "small", "medium", "large"]);
  const [set] = (await ann.graphJson("GET", `/me/drive/items/${item.id}/thumbnails`)).value;
  assert.equal(Math.max(set.large.width, set.large.height), 800);
  const picture = await fetch(set.large.url);
  assert.equal(picture.headers.get("content-type"), "image/png");
  const header = new DataView((await picture.bytes()).buffer);
  assert.deepEqual([header.getUint32(16), header.getUint32(20)], [set.large.width, set.large.height]);
  const custom = await ann.graphJson("GET", `/me/drive/items/${item.id}/thumbnails?$select=c300x400_crop`);
  assert.deepEqual([custom.value[0].c300x400_crop.width, custom.value[0].c300x400_crop.height], [300, 400]);
  const content = await ann.graph("GET", `/me/drive/items/${item.id}/thumbnails/0/small/content`);
  assert.equal(content.status, 302);
  await sandbox.settings({ hashes: false, video_facet: false, thumbnails: false });
  const bare = await ann.graphJson("GET", `/me/drive/items/${item.id}?$expand=thumbnails`);
  assert.deepEqual([bare.file.hashes, bare.video, bare.thumbnails], [undefined, undefined, []]);
});
