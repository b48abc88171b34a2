import assert from "node:assert/strict";
import { isUploadHost } from "../../../supabase/functions/_shared/providers/microsoft/upload-host.ts";
import { createUploadUrlClient } from "../../../supabase/functions/_shared/providers/microsoft/upload-url-client.ts";

const SANDBOX = "http://127.0.0.1:54333";
const fragment = {
  bytes: new Uint8Array(3),
  start: 0,
  end: 3,
  total: 9,
  signal: new AbortController().signal,
};

Deno.test("Upload hosts: Microsoft's are let through over https", () => {
  for (
    const url of [
      "https://api.onedrive.com/rup/x?tempauth=1",
      "https://sn3302.up.1drv.com/up/abc",
      "https://contoso-my.sharepoint.com/personal/ann/_api/v2.0/drives/x/uploadSession?guid=1",
      "https://my.microsoftpersonalcontent.com/personal/x/_api/v2.0/drive/items/y/uploadSession",
    ]
  ) assert.equal(isUploadHost(url, []), true, url);
});

Deno.test("Upload hosts: everything else is refused", () => {
  for (
    const url of [
      "http://api.onedrive.com/rup/x",
      "https://api.onedrive.com:8443/rup/x",
      "https://api.onedrive.com.evil.example/x",
      "https://evilsharepoint.com/x",
      "https://sharepoint.com.evil.example/x",
      "https://user:pass@contoso-my.sharepoint.com/x",
      "https://169.254.169.254/latest/meta-data",
      "http://127.0.0.1:5432/",
      "file:///etc/passwd",
      "not an address",
    ]
  ) assert.equal(isUploadHost(url, [SANDBOX]), false, url);
  assert.equal(isUploadHost(`${SANDBOX}/rup/x`, [SANDBOX]), true);
  assert.equal(isUploadHost(`${SANDBOX}/rup/x`, []), false);
});

Deno.test("Upload URLs: a fragment goes to upload hosts only, without token, redirect or foreign header", async () => {
  const calls: { url: string; init: RequestInit }[] = [];
  const fetch = (url: string, init: RequestInit) => {
    calls.push({ url, init });
    return Promise.resolve(new Response("{}", { status: 202, headers: { "retry-after": "3" } }));
  };
  const client = createUploadUrlClient({ fetch: fetch as typeof globalThis.fetch });
  const reply = await client.sendFragment("https://api.onedrive.com/rup/x", fragment);
  assert.deepEqual([reply.status, reply.retryAfterSeconds], [202, 3]);
  assert.deepEqual(calls[0]!.init.headers, {
    "content-range": "bytes 0-2/9",
    "content-type": "application/octet-stream",
  });
  assert.equal(calls[0]!.init.redirect, "manual");
  await assert.rejects(client.sendFragment("https://evil.example/x", fragment), /foreign_upload_host/);
  assert.equal(calls.length, 1);
});
