import assert from "node:assert/strict";
import { graphRefusal, MetaAccount, putBytes, uploadRefusal } from "../support/meta-account.ts";
import { requestDialog, requestFacebookToken, requestInstagramToken } from "../support/meta-sign-in.ts";
import { type Json, makeBytes, waitFor } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { shareVideoHost } from "../support/share-video-host.ts";
import type { VideoHost } from "../support/video-host.ts";

const BYTES = makeBytes(200_000);

let sandbox: SandboxProcess;
let host: VideoHost;
let ann: MetaAccount;
let direct: MetaAccount;
shareVideoHost(BYTES, (started) => host = started);
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  await sandbox.settings({ service: "meta", processing_ms: 1 });
  ann = await MetaAccount.connect(sandbox, "ann");
  direct = await MetaAccount.connect(sandbox, "ann", "instagram");
});

type Service = "meta" | "instagram";

function fault(service: Service, kind: string, extra: Record<string, unknown> = {}): Promise<void> {
  return sandbox.fault({ service, kind, ...extra });
}

/** Resolves when the request ended in a network error; an answer fails the test. */
async function assertCut(request: Promise<Response>): Promise<void> {
  await assert.rejects(request.then((response) => response.bytes()), TypeError);
}

async function countPosts(): Promise<number> {
  return (await sandbox.control<Json[]>("GET", "/posts")).length;
}

/** One call of every route, by service and name. */
async function listCalls(): Promise<[Service, string, () => Promise<Response>][]> {
  const graph = sandbox.urls.INSTAGRAM_GRAPH_URL;
  const container = await ann.createContainer(host.url());
  const { uri } = await ann.createResumable();
  const app = `${sandbox.clientId}|${sandbox.clientSecret}`;
  return [
    ["meta", "dialog", () => requestDialog(sandbox, "facebook", { sandbox_account: "ann" })],
    ["meta", "token", () => requestFacebookToken(sandbox, { code: "x" })],
    ["meta", "debug", () => fetch(`${sandbox.urls.META_GRAPH_URL}/debug_token?access_token=${app}`)],
    ["meta", "me", () => ann.graph("GET", "/me")],
    ["meta", "permissions", () => ann.graph("GET", "/me/permissions")],
    ["meta", "accounts", () => ann.graph("GET", "/me/accounts")],
    ["meta", "account", () => ann.graph("GET", `/${ann.id}`)],
    ["meta", "create", () => ann.requestContainer(host.url())],
    ["meta", "status", () => ann.graph("GET", `/${container}`)],
    ["meta", "publish", () => ann.publish(container)],
    ["meta", "limit", () => ann.graph("GET", `/${ann.id}/content_publishing_limit`)],
    ["meta", "list", () => ann.graph("GET", `/${ann.id}/media`)],
    ["meta", "upload", () => putBytes(uri, ann.token, BYTES, 0, BYTES.length)],
    ["instagram", "authorize", () => requestDialog(sandbox, "instagram", { sandbox_account: "ann" })],
    ["instagram", "code", () => requestInstagramToken(sandbox, { code: "x" })],
    ["instagram", "exchange", () => fetch(`${graph}/access_token`)],
    ["instagram", "refresh", () => fetch(`${graph}/refresh_access_token`)],
    ["instagram", "me", () => direct.graph("GET", "/me")],
    ["instagram", "create", () => direct.requestContainer(host.url())],
    ["instagram", "publish", () => direct.publish(container)],
  ];
}

Deno.test("every kind of failure can happen on every route of Meta", async () => {
  for (const [service, route, call] of await listCalls()) {
    await fault(service, "status", { value: 503 });
    const down = await call();
    assert.equal(down.status, 503, route);
    await down.body?.cancel();
    await fault(service, "rate_limit", { value: 41 });
    const throttled = await call();
    assert.deepEqual([throttled.status, throttled.headers.get("retry-after")], [429, "41"], route);
    await throttled.body?.cancel();
    await fault(service, "lost_answer");
    await assertCut(call());
    await fault(service, "drop_after", { value: 0 });
    await assertCut(call());
    await fault(service, "status_after", { value: 500 });
    const after = await call();
    assert.equal(after.status, 500, route);
    await after.body?.cancel();
    await fault(service, "delay", { value: 30 });
    const startedAt = performance.now();
    await (await call()).body?.cancel();
    assert.ok(performance.now() - startedAt >= 29, route);
  }
});

Deno.test("injected refusals have the shape of their host", async () => {
  const shapes: [number, unknown[]][] = [
    [400, [400, 100, null]],
    [401, [401, 190, null]],
    [403, [403, 200, null]],
    [429, [429, 4, null]],
    [500, [500, 1, null]],
    [503, [503, 2, null]],
  ];
  for (const [value, expected] of shapes) {
    await fault("meta", "status", { value });
    assert.deepEqual(await graphRefusal(ann.graph("GET", "/me")), expected);
  }
  await fault("meta", "status", { value: 500, path: "/ig-api-upload/*" });
  const { uri } = await ann.createResumable();
  const upload = putBytes(uri, ann.token, BYTES, 0, BYTES.length);
  assert.deepEqual(await uploadRefusal(upload), [500, "ProcessingFailedError", true]);
  await fault("instagram", "status", { value: 500, path: "/oauth/access_token" });
  const flat: Json = await (await requestInstagramToken(sandbox, { code: "x" })).json();
  assert.deepEqual([flat.code, flat.error], [500, undefined]);
});

Deno.test("a lost answer of media_publish leaves exactly one Reel to be found", async () => {
  for (const account of [ann, direct]) {
    const before = await countPosts();
    const container = await account.createContainer(host.url(), { caption: `by ${account.host}` });
    await account.waitForStatus(container, "FINISHED");
    const service = account.host === "facebook" ? "meta" : "instagram";
    await fault(service, "lost_answer", { method: "POST", path: "/*/media_publish" });
    await assertCut(account.publish(container));
    assert.equal((await account.statusOf(container)).status_code, "PUBLISHED");
    assert.deepEqual(await graphRefusal(account.publish(container)), [400, 9007, 2207027]);
    const { data } = await account.graphJson("GET", `/${account.id}/media?fields=caption&limit=1`);
    assert.equal(data[0].caption, `by ${account.host}`);
    assert.equal(await countPosts(), before + 1);
  }
});

Deno.test("a lost answer of an upload leaves the bytes there", async () => {
  const { id, uri } = await ann.createResumable();
  await fault("meta", "lost_answer", { path: "/ig-api-upload/*" });
  await assertCut(putBytes(uri, ann.token, BYTES, 0, BYTES.length));
  const { video_status } = await ann.waitForStatus(id, "FINISHED");
  assert.equal(video_status.uploading_phase.bytes_transferred, BYTES.length);
});

Deno.test("slow_processing holds one container back, pulled or uploaded", async () => {
  await fault("meta", "slow_processing", { value: 700, path: "/*/media" });
  const startedAt = performance.now();
  const slow = await ann.createContainer(host.url());
  const quick = await ann.createContainer(host.url());
  await ann.waitForStatus(quick, "FINISHED");
  assert.equal((await ann.statusOf(slow)).status_code, "IN_PROGRESS");
  await ann.waitForStatus(slow, "FINISHED");
  assert.ok(performance.now() - startedAt >= 700);
  const { id, uri } = await ann.createResumable();
  await fault("meta", "slow_processing", { value: 60_000, path: "/ig-api-upload/*" });
  await (await putBytes(uri, ann.token, BYTES, 0, BYTES.length)).body?.cancel();
  const status = await ann.statusOf(id);
  assert.deepEqual([status.status_code, status.video_status.processing_phase.status], [
    "IN_PROGRESS",
    "in_progress",
  ]);
});

Deno.test("requests are counted by route of each service", async () => {
  await ann.post(host.url());
  const counts = await waitFor(async () => {
    const list = await sandbox.control<Json[]>("GET", "/requests?service=meta");
    return list.some((entry) => entry.route.endsWith("/media_publish")) ? list : null;
  });
  const publish = counts.find((entry) => entry.route === "/v26.0/{id}/media_publish");
  assert.deepEqual(publish, { method: "POST", route: "/v26.0/{id}/media_publish", status: 200, count: 1 });
  const other = await sandbox.control<Json[]>("GET", "/requests?service=instagram");
  assert.ok(other.every((entry) => !entry.route.includes("media_publish")));
});
