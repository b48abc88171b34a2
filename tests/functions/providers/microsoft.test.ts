import assert from "node:assert/strict";
import {
  ProviderApiError,
  ProviderAuthError,
  ProviderConfigError,
  ProviderUserError,
} from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { createGraphClient } from "../../../supabase/functions/_shared/providers/microsoft/client.ts";
import { createGraphHttp } from "../../../supabase/functions/_shared/providers/microsoft/graph-http.ts";
import { createLibraryClient } from "../../../supabase/functions/_shared/providers/microsoft/library-client.ts";
import { createUploadUrlClient } from "../../../supabase/functions/_shared/providers/microsoft/upload-url-client.ts";
import { QuickXorHash } from "../../../sandbox/microsoft/quick-xor-hash.ts";
import { createMicrosoftLogin, VERIFIER } from "../support/microsoft-login.ts";
import { createBytes, sendBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { createControl, startSandbox } from "../support/sandbox.ts";

const PORT = PORTS.sandbox;
const redirectUri = "http://127.0.0.1:26639/functions/v1/onedrive/callback";

const sandbox = await startSandbox(PORT, redirectUri);
const control = createControl(`http://127.0.0.1:${PORT}`);
const quick = { sleep: () => Promise.resolve() };
const { login, getCode, signIn } = createMicrosoftLogin(sandbox.urls.MICROSOFT_LOGIN_URL!, redirectUri);
const graph = createGraphClient({ graphUrl: sandbox.urls.MICROSOFT_GRAPH_URL!, ...quick });
const library = createLibraryClient(
  createGraphHttp({ graphUrl: sandbox.urls.MICROSOFT_GRAPH_URL!, ...quick }),
  quick,
);
const uploadUrls = createUploadUrlClient(quick);

const isApiError = (status: number) => (error: unknown) =>
  error instanceof ProviderApiError && error.status === status;
const isUserError = (code: string) => (error: unknown) =>
  error instanceof ProviderUserError && error.code === code;

Deno.test("Microsoft: signing in", async (t) => {
  await t.step("a code becomes tokens and an account", async () => {
    const tokens = await signIn("nora");
    assert.ok(tokens.expiresAt > new Date());
    assert.ok(tokens.refreshToken.length > 10);
    const account = await graph.getAccount(tokens.accessToken);
    assert.equal(account.type, "personal");
    assert.ok(account.driveId.length > 5);
    assert.ok(account.quota.total! > 0);
  });

  await t.step("a code works once", async () => {
    const code = await getCode("nora");
    await login.exchangeCode(code, VERIFIER);
    await assert.rejects(() => login.exchangeCode(code, VERIFIER), isUserError("consent_refused"));
  });

  await t.step("another verifier is refused", async () => {
    const code = await getCode("nora");
    await assert.rejects(() => login.exchangeCode(code, "w".repeat(64)), isUserError("consent_refused"));
  });

  await t.step("the same person keeps the account key", async () => {
    const [first, second] = [await signIn("nora"), await signIn("nora")];
    const keys = await Promise.all([first, second].map(({ accessToken }) => graph.getAccount(accessToken)));
    assert.equal(keys[0]!.key, keys[1]!.key);
  });
});

Deno.test("Microsoft: renewing tokens", async (t) => {
  const tokens = await signIn("rene");

  await t.step("rotates the refresh token", async () => {
    const renewed = await login.refresh(tokens.refreshToken);
    assert.notEqual(renewed.refreshToken, tokens.refreshToken);
    assert.notEqual(renewed.accessToken, tokens.accessToken);
  });

  await t.step("invalid_grant means reconnect", async () => {
    await control.set({ token_error: 70008 });
    await assert.rejects(() => login.refresh(tokens.refreshToken), ProviderAuthError);
  });

  await t.step("a wrong client secret never does", async () => {
    await control.set({ token_error: 7000222 });
    await assert.rejects(() => login.refresh(tokens.refreshToken), ProviderConfigError);
    await control.set({ token_error: null });
  });

  await t.step("an outage never does", async () => {
    await control.fault({ method: "POST", path: "*/token", kind: "status", value: 503 });
    await assert.rejects(() => login.refresh(tokens.refreshToken), isApiError(503));
    await control.fault({ method: "POST", path: "*/token", kind: "lost_answer" });
    await assert.rejects(() => login.refresh(tokens.refreshToken), isApiError(0));
  });
});

Deno.test("Microsoft: folders", async (t) => {
  const { accessToken } = await signIn("fiona");

  await t.step("are made, listed in natural order and found by path", async () => {
    for (const name of ["Clip 10", "Clip 2", "50% off #1"]) {
      await graph.createFolder(accessToken, "root", name);
    }
    const names = (await graph.listFolders(accessToken, "root")).map((folder) => folder.name);
    assert.deepEqual(names, ["50% off #1", "Clip 2", "Clip 10"]);
    const found = await graph.getFolderByPath(accessToken, "/50% off #1");
    assert.equal(found?.path, "/50% off #1");
  });

  await t.step("all pages are read, empty ones too", async () => {
    await control.set({ empty_pages: true });
    assert.equal((await graph.listFolders(accessToken, "root")).length, 3);
    await control.set({ empty_pages: null });
  });

  await t.step("an existing name is the user's to change", async () => {
    await assert.rejects(
      () => graph.createFolder(accessToken, "root", "Clip 2"),
      isUserError("folder_exists"),
    );
  });

  await t.step("what is not there is null", async () => {
    assert.equal(await graph.getFolder(accessToken, "NOPE!123"), null);
    assert.equal(await graph.getFolderByPath(accessToken, "/Nope"), null);
  });
});

Deno.test("Microsoft: uploads", async (t) => {
  const { accessToken } = await signIn("ulla");
  const folder = await graph.createFolder(accessToken, "root", "Up");
  const bytes = createBytes(2_000_000);

  await t.step("a session reports what is stored and ends with the file", async () => {
    const created = await graph.createUpload(accessToken, folder.id, "a.mp4", bytes.length);
    assert.ok(created.outcome === "created");
    await sendBytes(created.uploadUrl, bytes, { to: 327_680, fragment: 327_680 });
    assert.equal((await uploadUrls.getState(created.uploadUrl))?.nextOffset, 327_680);
    await sendBytes(created.uploadUrl, bytes, { from: 327_680 });
    assert.equal(await uploadUrls.getState(created.uploadUrl), null);
  });

  await t.step("the stored file has size, path and hash", async () => {
    const hash = new QuickXorHash();
    hash.update(bytes);
    const deadline = Date.now() + 10_000;
    let file = await graph.findFile(accessToken, folder.id, "a.mp4");
    while (file?.quickXor === null && Date.now() < deadline) {
      file = await graph.findFile(accessToken, folder.id, "a.mp4");
    }
    assert.equal(file?.sizeBytes, bytes.length);
    assert.equal(file?.path, "/Up/a.mp4");
    assert.equal(file?.quickXor, hash.digest());
    assert.ok(await graph.hasItem(accessToken, folder.id, "A.MP4"));
    assert.ok((await library.getPlayable(accessToken, file!.id))!.downloadUrl);
  });

  await t.step("an existing name is never overwritten", async () => {
    assert.equal((await graph.createUpload(accessToken, folder.id, "a.mp4", 10)).outcome, "name_taken");
  });

  await t.step("a missing folder is told apart", async () => {
    assert.equal((await graph.createUpload(accessToken, "NOPE!1", "b.mp4", 10)).outcome, "folder_missing");
  });

  await t.step("a file larger than the rest is the user's to solve", async () => {
    await control.set({ drive_quota_bytes: 3_000_000 });
    await assert.rejects(
      () => graph.createUpload(accessToken, folder.id, "big.mp4", 5_000_000),
      isUserError("quota_exceeded"),
    );
    await control.set({ drive_quota_bytes: null });
  });

  await t.step("a hidden quota is unknown, not full", async () => {
    await control.set({ hide_quota: true });
    assert.deepEqual(await graph.getQuota(accessToken), {
      total: null,
      used: null,
      remaining: null,
      state: null,
    });
    await control.set({ hide_quota: null });
  });

  await t.step("a canceled session is over, and canceling twice is fine", async () => {
    const created = await graph.createUpload(accessToken, folder.id, "c.mp4", 10);
    assert.ok(created.outcome === "created");
    await uploadUrls.cancel(created.uploadUrl);
    await uploadUrls.cancel(created.uploadUrl);
    assert.equal(await uploadUrls.getState(created.uploadUrl), null);
  });

  await t.step("an outage of the upload host is not the end of a session", async () => {
    const created = await graph.createUpload(accessToken, folder.id, "d.mp4", 10);
    assert.ok(created.outcome === "created");
    await control.set({ html_errors: true });
    await control.fault({ method: "GET", path: "/rup/*", kind: "status", value: 503, times: 9 });
    await assert.rejects(() => uploadUrls.getState(created.uploadUrl), isApiError(503));
    await control.clearFaults();
    await control.set({ html_errors: null });
    assert.equal((await uploadUrls.getState(created.uploadUrl))?.nextOffset, 0);
  });

  await t.step("deleting works twice", async () => {
    const file = await graph.findFile(accessToken, folder.id, "a.mp4");
    await graph.deleteItem(accessToken, file!.id);
    await graph.deleteItem(accessToken, file!.id);
    assert.equal(await graph.findFile(accessToken, folder.id, "a.mp4"), null);
    assert.equal(await library.getPlayable(accessToken, file!.id), null);
  });
});

Deno.test("Microsoft: trouble", async (t) => {
  const { accessToken } = await signIn("tina");

  await t.step("an item OneDrive tells nothing about does not hide the others", async () => {
    const locked = await graph.createFolder(accessToken, "root", "Locked");
    const open = await graph.createFolder(accessToken, "root", "Open");
    await control.fault({
      method: "GET",
      path: `*/items/${locked.id}`,
      kind: "status",
      value: 423,
      times: 2,
    });
    const found = await library.findEntries(accessToken, [locked.id, open.id, "NOWHERE!1"]);
    const names = [...found].map(([id, entry]) => [id, entry?.name ?? null]);
    assert.deepEqual(names, [[open.id, "Open"], ["NOWHERE!1", null]]);
    await assert.rejects(() => library.getEntries(accessToken, [locked.id]), isApiError(423));
    await assert.rejects(() => library.findEntries("not-a-token", [open.id]), isApiError(401));
  });

  await t.step("a throttled read waits and is repeated", async () => {
    await control.fault({ method: "GET", path: "/v1.0/me/drive", kind: "rate_limit", value: 2 });
    assert.ok((await graph.getQuota(accessToken)).total);
  });

  await t.step("a long pause is handed on with its seconds", async () => {
    await control.fault({ method: "GET", path: "/v1.0/me/drive", kind: "rate_limit", value: 300 });
    await assert.rejects(
      () => graph.getQuota(accessToken),
      (error: unknown) => error instanceof ProviderApiError && error.retryAfterSeconds === 300,
    );
  });

  await t.step("a refused token is told apart from everything else", async () => {
    await assert.rejects(() => graph.getQuota("not-a-token"), isApiError(401));
  });
});

Deno.test("Microsoft: the access token goes to Graph alone", async () => {
  const sent: { origin: string; authorization: string | null; sentOrigin: string | null }[] = [];
  const spy: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    const { origin } = new URL(request.url);
    const { headers } = request;
    sent.push({ origin, authorization: headers.get("authorization"), sentOrigin: headers.get("origin") });
    return fetch(request);
  };
  const { accessToken } = await signIn("alone");
  const created = await createGraphClient({ graphUrl: sandbox.urls.MICROSOFT_GRAPH_URL!, fetch: spy })
    .createUpload(accessToken, "root", "x.mp4", 10);
  assert.ok(created.outcome === "created");
  const client = createUploadUrlClient({ fetch: spy });
  await client.getState(created.uploadUrl);
  await client.cancel(created.uploadUrl);
  const graphOrigin = new URL(sandbox.urls.MICROSOFT_GRAPH_URL!).origin;
  for (const call of sent) {
    assert.equal(call.authorization !== null, call.origin === graphOrigin);
    assert.equal(call.sentOrigin, null);
  }
  assert.equal(sent.length, 3);
});

Deno.test.afterAll(() => sandbox.stop());
