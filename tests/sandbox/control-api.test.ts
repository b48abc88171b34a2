import assert from "node:assert/strict";
import { SERVICES } from "../../sandbox/kit/services.ts";
import { type Json, makeBytes, MicrosoftAccount, putFragment, UNIT } from "./support/microsoft-account.ts";
import type { SandboxProcess } from "./support/sandbox-process.ts";
import { shareSandbox } from "./support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

async function statusOf(method: string, path: string, body?: string): Promise<number> {
  const response = await fetch(`${sandbox.urls.SANDBOX_URL}/__sandbox${path}`, { method, body });
  await response.body?.cancel();
  return response.status;
}

Deno.test("the control API knows every service and refuses others", async () => {
  assert.equal(SERVICES.length, 14);
  for (const service of SERVICES) {
    assert.equal(await statusOf("POST", "/settings", JSON.stringify({ service, processing_ms: 5 })), 200);
    assert.equal(
      await statusOf("POST", "/faults", JSON.stringify({ service, kind: "delay", value: 1 })),
      201,
    );
    assert.equal(await statusOf("GET", `/requests?service=${service}`), 200);
  }
  assert.equal(await statusOf("POST", "/settings", JSON.stringify({ service: "nobody" })), 400);
  assert.equal(
    await statusOf("POST", "/faults", JSON.stringify({ service: "nobody", kind: "delay", value: 1 })),
    400,
  );
  assert.equal(await statusOf("GET", "/requests?service=nobody"), 400);
  assert.equal(await statusOf("GET", "/faults?service=nobody"), 400);
});

Deno.test("the control API refuses what it cannot read", async () => {
  for (const path of ["/settings", "/faults"]) {
    for (const body of ["", "{", "[]", "null", '"x"', "{}"]) {
      assert.equal(await statusOf("POST", path, body), 400, `${path} ${body}`);
    }
  }
  const refused = [{ no_such_switch: 1 }, { processing_ms: -1 }, { processing_ms: "5" }, {
    account_kind: "robot",
  }];
  for (const settings of refused) {
    assert.equal(
      await statusOf("POST", "/settings", JSON.stringify({ service: "microsoft", ...settings })),
      400,
    );
  }
});

Deno.test("a setting of null restores the default", async () => {
  await sandbox.settings({ account_kind: "business", page_size: 3 });
  assert.deepEqual(await sandbox.control("GET", "/settings?service=microsoft"), {
    service: "microsoft",
    account_kind: "business",
    page_size: 3,
  });
  const work = await MicrosoftAccount.connect(sandbox, "made-while-business");
  assert.equal((await work.graphJson("GET", "/me/drive")).driveType, "business");
  await sandbox.settings({ account_kind: null });
  const own = await MicrosoftAccount.connect(sandbox, "made-later");
  assert.equal((await own.graphJson("GET", "/me/drive")).driveType, "personal");
});

Deno.test("requests are counted by method, route and status", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  const folder = await ann.graphJson("POST", "/me/drive/root/children", { name: "x", folder: {} });
  for (
    const path of [`/me/drive/items/${folder.id}`, "/me/drive/items/NOPE", `/me/drive/items/${folder.id}`]
  ) {
    await ann.graphJson("GET", path);
  }
  const counts = await sandbox.control<Json[]>("GET", "/requests?service=microsoft");
  const route = "/v1.0/me/drive/items/{id}";
  assert.deepEqual(counts.filter((entry) => entry.route === route), [
    { method: "GET", route, status: 200, count: 2 },
    { method: "GET", route, status: 404, count: 1 },
  ]);
});

Deno.test("faults are listed with how often they fired and can be cleared", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  await sandbox.fault({ path: "/v1.0/me", kind: "status", value: 500, times: 3 });
  assert.equal((await ann.graph("GET", "/me")).status, 500);
  const [fault] = await sandbox.control<Json[]>("GET", "/faults");
  const { id: _id, ...shown } = fault;
  assert.deepEqual(shown, {
    service: "microsoft",
    method: "*",
    path: "/v1.0/me",
    kind: "status",
    value: 500,
    times: 3,
    skip: 0,
    fired: 1,
  });
  assert.equal(await statusOf("DELETE", "/faults"), 200);
  assert.equal((await ann.graph("GET", "/me")).status, 200);
});

Deno.test("lists of services that stored nothing are empty arrays", async () => {
  for (const path of ["/posts", "/files", "/mails", "/faults"]) {
    assert.deepEqual(await sandbox.control("GET", path), []);
  }
});

Deno.test("a second sandbox on the same port stops with a sentence and touches nothing", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  const url = await ann.openUpload("a.bin");
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("../../sandbox/main.ts", import.meta.url).pathname],
    env: {
      SANDBOX_PORT: new URL(sandbox.urls.SANDBOX_URL!).port,
      SANDBOX_DATA_DIR: sandbox.dataDir,
      SANDBOX_MAIL_PORT: "20999",
    },
  }).output();
  assert.equal(code, 1);
  assert.match(new TextDecoder().decode(stderr), /needs a port that is taken/);
  const bytes = makeBytes(UNIT);
  assert.equal((await putFragment(url, bytes, 0, bytes.length)).status, 201);
});

Deno.test("the control API lists uploads until they are over", async () => {
  const ann = await MicrosoftAccount.connect(sandbox, "ann");
  const bytes = makeBytes(2 * UNIT);
  const url = await ann.openUpload("a.bin");
  await putFragment(url, bytes, 0, UNIT);
  const [upload, ...others] = await sandbox.control<Json[]>("GET", "/uploads");
  assert.deepEqual(others, []);
  assert.deepEqual([upload.account, upload.name, upload.received], ["ann", "a.bin", UNIT]);
  await putFragment(url, bytes, UNIT, 2 * UNIT);
  assert.deepEqual(await sandbox.control("GET", "/uploads"), []);
});
