import assert from "node:assert/strict";
import { makeBytes, MicrosoftAccount, putFragment, UNIT } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

const ORIGIN = "http://127.0.0.1:5173";
const ALLOW = "access-control-allow-origin";

let sandbox: SandboxProcess;
let ann: MicrosoftAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await MicrosoftAccount.connect(sandbox, "ann");
});

async function preflight(url: string, method: string, headers: string): Promise<Response> {
  const response = await fetch(url, {
    method: "OPTIONS",
    headers: {
      origin: ORIGIN,
      "access-control-request-method": method,
      ...(headers === "" ? {} : { "access-control-request-headers": headers }),
    },
  });
  await response.body?.cancel();
  return response;
}

Deno.test("the upload host's preflight allows four methods and two headers", async () => {
  const url = await ann.openUpload("a.bin");
  for (const method of ["GET", "PUT", "DELETE"]) {
    const response = await preflight(url, method, "content-range,content-type");
    assert.equal(response.status, 200);
    assert.equal(response.headers.get(ALLOW), "*");
    assert.equal(response.headers.get("access-control-allow-methods"), "GET, PUT, DELETE, OPTIONS");
    assert.equal(response.headers.get("access-control-allow-headers"), "content-range, content-type");
    assert.equal(response.headers.get("access-control-expose-headers"), null);
  }
});

Deno.test("the upload host's preflight fails for any other header or method", async () => {
  const url = await ann.openUpload("a.bin");
  for (const header of ["authorization", "client-request-id", "sdkversion", "content-range,traceparent"]) {
    const response = await preflight(url, "PUT", header);
    assert.equal(response.ok, false);
    assert.equal(response.headers.get(ALLOW), null);
  }
  assert.equal((await preflight(url, "POST", "")).ok, false);
  assert.equal((await preflight(url, "PATCH", "")).ok, false);
});

Deno.test("the upload host's answers and errors can be read by a page, and nothing more", async () => {
  const bytes = makeBytes(2 * UNIT);
  const url = await ann.openUpload("a.bin");
  await sandbox.fault({ method: "PUT", kind: "rate_limit", value: 3, skip: 2 });
  for (const status of [202, 416, 429]) {
    const response = await putFragment(url, bytes, 0, UNIT, { origin: ORIGIN });
    assert.equal(response.status, status);
    assert.equal(response.headers.get(ALLOW), "*");
    assert.equal(response.headers.get("access-control-expose-headers"), null);
    await response.body?.cancel();
  }
});

Deno.test("the upload host can hide its errors from pages", async () => {
  const bytes = makeBytes(2 * UNIT);
  const url = await ann.openUpload("a.bin");
  await sandbox.settings({ upload_cors_on_errors: false });
  const good = await putFragment(url, bytes, 0, UNIT, { origin: ORIGIN });
  const bad = await putFragment(url, bytes, 0, UNIT, { origin: ORIGIN });
  assert.deepEqual([good.status, good.headers.get(ALLOW)], [202, "*"]);
  assert.deepEqual([bad.status, bad.headers.get(ALLOW)], [416, null]);
  await Promise.all([good.body?.cancel(), bad.body?.cancel()]);
});

Deno.test("the upload host can be closed to pages altogether", async () => {
  const url = await ann.openUpload("a.bin");
  await sandbox.settings({ upload_cors: false });
  assert.equal((await preflight(url, "PUT", "content-range")).ok, false);
  const status = await fetch(url, { headers: { origin: ORIGIN } });
  assert.deepEqual([status.status, status.headers.get(ALLOW)], [200, null]);
  await status.body?.cancel();
});

Deno.test("Graph can be called by any page with any header", async () => {
  const url = `${sandbox.urls.MICROSOFT_GRAPH_URL}/v1.0/me`;
  const response = await preflight(url, "GET", "authorization,sdkversion");
  assert.equal(response.ok, true);
  assert.equal(response.headers.get("access-control-allow-headers"), "authorization,sdkversion");
  const me = await ann.graph("GET", "/me", undefined, { origin: ORIGIN });
  assert.equal(me.headers.get(ALLOW), "*");
  assert.doesNotMatch(me.headers.get("access-control-expose-headers")!, /retry-after/i);
  await me.body?.cancel();
});

Deno.test("the download host of a work account answers no preflight", async () => {
  const url = async (account: MicrosoftAccount) => {
    const item = await account.graphJson("PUT", "/me/drive/root:/a.bin:/content", makeBytes(10));
    return item["@microsoft.graph.downloadUrl"] as string;
  };
  const work = await MicrosoftAccount.connect(sandbox, "ann+work");
  const refused = await preflight(await url(work), "GET", "x-extra");
  assert.deepEqual([refused.status, refused.headers.get(ALLOW)], [405, null]);
  assert.equal((await preflight(await url(ann), "GET", "range")).ok, true);
  const plain = await fetch(await url(work), { headers: { origin: ORIGIN } });
  assert.equal(plain.headers.get(ALLOW), "*");
  await plain.body?.cancel();
});
