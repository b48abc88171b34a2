import assert from "node:assert/strict";
import {
  FileUpload,
  LargeFileUploadTask,
  OneDriveLargeFileUploadTask,
} from "@microsoft/microsoft-graph-client";
import { createGraphClient } from "../support/graph-sdk.ts";
import { type Json, makeBytes, MicrosoftAccount, UNIT } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

const BYTES = makeBytes(9 * UNIT + 777);

async function connect(name = "ann") {
  return createGraphClient(sandbox, await MicrosoftAccount.connect(sandbox, name));
}

Deno.test("the official client reads the profile and makes folders", async () => {
  const client = await connect();
  assert.equal((await client.api("/me").get()).displayName, "Ann");
  const folder = await client.api("/me/drive/root/children").post({ name: "Videos", folder: {} });
  const listed = await client.api("/me/drive/root/children").select("id,name").top(5).get();
  assert.deepEqual(listed.value, [{ id: folder.id, name: "Videos" }]);
  await assert.rejects(
    client.api("/me/drive/items/NOPE").get(),
    (error: Json) => error.statusCode === 404 && error.code === "itemNotFound",
  );
});

Deno.test("the official OneDrive task uploads a file in slices", async () => {
  for (const name of ["ann", "ann+work"]) {
    const client = await connect(name);
    const seen: number[] = [];
    const task = await OneDriveLargeFileUploadTask.create(client, BYTES, {
      fileName: "Big & nice #1.mp4",
      path: "/Videos",
      rangeSize: 3 * UNIT,
      uploadEventHandlers: { progress: (range) => void seen.push(range?.minValue ?? -1) },
    });
    const { responseBody } = await task.upload() as Json;
    assert.deepEqual([responseBody.name, responseBody.size], ["Big & nice #1.mp4", BYTES.length]);
    assert.deepEqual(seen, [0, 3 * UNIT, 6 * UNIT, 9 * UNIT]);
  }
});

Deno.test("the official task resumes after a cut and after a lost answer", async () => {
  const client = await connect();
  const payload = { item: { "@microsoft.graph.conflictBehavior": "rename", name: "cut.mp4" } };
  for (const kind of ["drop_after", "lost_answer"]) {
    const session = await LargeFileUploadTask.createUploadSession(
      client,
      "/me/drive/root:/cut.mp4:/createUploadSession",
      payload,
    );
    const file = new FileUpload(BYTES.buffer.slice(0, BYTES.length), "cut.mp4", BYTES.length);
    const task = new LargeFileUploadTask(client, file, session, { rangeSize: 2 * UNIT });
    await sandbox.fault({ method: "PUT", kind, value: kind === "drop_after" ? UNIT : undefined, skip: 1 });
    await assert.rejects(task.upload());
    const { responseBody } = await task.resume() as Json;
    assert.equal(responseBody.size, BYTES.length);
  }
  const [first, second] = await sandbox.control<Json[]>("GET", "/files");
  assert.equal(first.quickxor, second.quickxor);
});

Deno.test("the official client waits out throttling of Graph calls", async () => {
  const client = await connect();
  await sandbox.fault({ path: "/v1.0/me", kind: "rate_limit", value: 1 });
  assert.equal((await client.api("/me").get()).displayName, "Ann");
});

Deno.test("the official task cancels its session", async () => {
  const client = await connect();
  const task = await OneDriveLargeFileUploadTask.create(client, BYTES, { fileName: "a.mp4" });
  await task.cancel();
  assert.equal(task.getUploadSession().isCancelled, true);
});

Deno.test("an upload address refuses a client that sends it the token", async () => {
  const client = await connect();
  const task = await OneDriveLargeFileUploadTask.create(client, BYTES, {
    fileName: "a.mp4",
    rangeSize: UNIT,
  });
  const url = task.getUploadSession().url.replace("https:", "http:");
  const response = await fetch(url, { headers: { authorization: "Bearer anything" } });
  assert.equal(response.status, 401);
  await response.body?.cancel();
});
