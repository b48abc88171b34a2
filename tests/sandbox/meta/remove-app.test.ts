import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { graphRefusal, MetaAccount } from "../support/meta-account.ts";
import { MetaPage } from "../support/meta-page.ts";
import { SandboxProcess } from "../support/sandbox-process.ts";

interface Heard {
  path: string;
  signedRequest: string;
}

const heard: Heard[] = [];
const listener = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
  const form = new URLSearchParams(await request.text());
  heard.push({ path: new URL(request.url).pathname, signedRequest: form.get("signed_request") ?? "" });
  return Response.json({ url: "https://app.example/deletion/1", confirmation_code: "1" });
});
const base = `http://127.0.0.1:${listener.addr.port}`;

let sandbox: SandboxProcess;
Deno.test.beforeAll(async () => {
  sandbox = await SandboxProcess.start({
    SANDBOX_DEAUTHORIZE_URL: `${base}/deauthorize`,
    SANDBOX_DATA_DELETION_URL: `${base}/deletion`,
  });
});
Deno.test.afterAll(async () => {
  await sandbox.stop();
  await listener.shutdown();
});

async function removeApp(name: string, fields: Record<string, string>): Promise<string> {
  const address = `${sandbox.urls.SANDBOX_URL}/meta/people/${name}/remove-app`;
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields) });
  return await answer.text();
}

/** The payload of a message, once its signature was checked. */
function read(signedRequest: string): Record<string, unknown> {
  const [signature, payload = ""] = signedRequest.split(".");
  assert.equal(signature, createHmac("sha256", sandbox.clientSecret).update(payload).digest("base64url"));
  return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
}

Deno.test("removing the app ends a person's tokens and tells its callbacks, signed", async () => {
  const page = await MetaPage.connect(sandbox, "ann");
  const me = await (await page.graph("GET", "/me", undefined, page.userToken)).json();
  const html = await removeApp("ann", { sign_in: "facebook", delete_data: "true" });
  assert.match(html, /deauthorize callback answered 200/);
  assert.match(html, /https:\/\/app\.example\/deletion\/1/);
  assert.deepEqual(heard.map(({ path }) => path), ["/deauthorize", "/deletion"]);
  for (const { signedRequest } of heard) {
    const payload = read(signedRequest);
    assert.deepEqual([payload.algorithm, payload.user_id], ["HMAC-SHA256", me.id]);
    assert.ok(Math.abs(Number(payload.issued_at) - Date.now() / 1000) < 30);
  }
  assert.deepEqual(await graphRefusal(page.graph("GET", "/me")), [400, 190, 458]);
});

Deno.test("Instagram names the person by the id of its app", async () => {
  heard.length = 0;
  const direct = await MetaAccount.connect(sandbox, "ben", "instagram");
  const { id } = await direct.graphJson("GET", "/me?fields=id");
  await removeApp("ben", { sign_in: "instagram", delete_data: "false" });
  assert.deepEqual(heard.map(({ path }) => path), ["/deauthorize"]);
  assert.equal(read(heard[0]!.signedRequest).user_id, id);
  assert.deepEqual(await graphRefusal(direct.graph("GET", "/me")), [400, 190, 458]);
});
