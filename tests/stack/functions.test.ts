import assert from "node:assert/strict";
import { join } from "node:path";
import { SignJWT } from "jose";
import { eventually } from "../support/eventually.ts";
import { startStack } from "../support/stack.ts";
import type { TestStack } from "../support/stack.ts";
import { copyDir, FIXTURE_DIR } from "./copy-dir.ts";

const options = { sanitizeOps: false, sanitizeResources: false };
let stack: TestStack;
let supabaseDir: string;
let functionsUrl: string;

Deno.test.beforeAll(async () => {
  supabaseDir = await Deno.makeTempDir({ prefix: "functions-" });
  await copyDir(FIXTURE_DIR, supabaseDir);
  stack = await startStack({ basePort: 26100, supabaseDir });
  functionsUrl = `${stack.env.API_URL}/functions/v1`;
});
Deno.test.afterAll(async () => {
  await stack.stop();
  await Deno.remove(supabaseDir, { recursive: true });
});

async function change(path: string, from: string, to: string): Promise<void> {
  const file = join(supabaseDir, "functions", path);
  await Deno.writeTextFile(file, (await Deno.readTextFile(file)).replace(from, to));
}

async function hello(): Promise<Record<string, string>> {
  return await (await fetch(`${functionsUrl}/hello`)).json();
}

async function signToken(secret: string, expires: string): Promise<string> {
  return await new SignJWT({ sub: crypto.randomUUID(), role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" }).setExpirationTime(expires).sign(new TextEncoder().encode(secret));
}

Deno.test("a function sees its own name, the body and who asked", options, async () => {
  const response = await fetch(`${functionsUrl}/hello/world?x=1`, { method: "POST", body: "hi" });
  const seen = await response.json();
  assert.deepEqual([seen.path, seen.method, seen.body], ["/hello/world", "POST", "hi"]);
  assert.equal(seen.headers["content-length"], "2");
  assert.equal(seen.headers["x-forwarded-for"], "127.0.0.1");
  // What a function says about CORS is left alone, as by the hosted gateway.
  assert.equal(response.headers.get("access-control-allow-origin"), "https://example.test");
});

Deno.test("a function has the documented environment and no other", options, async () => {
  await Deno.writeTextFile(
    join(supabaseDir, "functions", ".env"),
    'OWN_SECRET="kept"\nMICROSOFT_TENANT=mine\n',
  );
  const env = await eventually("the new secret", async () => {
    const seen = await (await fetch(`${functionsUrl}/hello/env`)).json();
    return seen.OWN_SECRET && seen;
  });
  assert.equal(env.OWN_SECRET, "kept");
  assert.equal(env.MICROSOFT_TENANT, "mine");
  assert.equal(env.SUPABASE_URL, stack.env.API_URL);
  assert.deepEqual(JSON.parse(env.SUPABASE_SECRET_KEYS), { default: stack.env.SECRET_KEY });
  assert.equal(env.MICROSOFT_GRAPH_URL, stack.env.MICROSOFT_GRAPH_URL);
  assert.equal(atob(JSON.parse(env.TOKEN_ENCRYPTION_KEYS)[env.TOKEN_ENCRYPTION_KEY_ID]).length, 32);
  assert.equal(env.STACK_API_PORT, undefined);
});

Deno.test("bodies stream through in both directions", options, async () => {
  const chunks = 20;
  const chunk = new Uint8Array(256 * 1024).fill(7);
  const came = Promise.withResolvers<void>();
  let sent = 0;
  const body = new ReadableStream({
    async pull(controller) {
      // The rest is sent only once something of the first one has come back.
      if (sent === 1) await came.promise;
      if (sent === chunks) return controller.close();
      sent += 1;
      controller.enqueue(chunk);
    },
  });
  const signal = AbortSignal.timeout(60_000);
  const response = await fetch(`${functionsUrl}/hello/echo`, { method: "POST", body, signal });
  let received = 0;
  for await (const part of response.body!) {
    came.resolve();
    received += part.length;
  }
  assert.equal(received, chunks * chunk.length);
});

Deno.test("verify_jwt lets valid tokens and API keys in and nothing else", options, async () => {
  const call = (headers: Record<string, string>) => fetch(`${functionsUrl}/locked`, { headers });
  const valid = await signToken(stack.env.JWT_SECRET!, "1h");
  const forged = await signToken("not the secret", "1h");
  const expired = await signToken(stack.env.JWT_SECRET!, "-1h");

  assert.equal((await call({ authorization: `Bearer ${valid}` })).status, 200);
  assert.equal((await call({ apikey: stack.env.PUBLISHABLE_KEY! })).status, 200);
  assert.equal((await call({ authorization: `Bearer ${stack.env.SECRET_KEY}` })).status, 200);
  assert.equal((await fetch(`${functionsUrl}/locked`, { method: "OPTIONS" })).status, 200);
  for (const authorization of [`Bearer ${forged}`, `Bearer ${expired}`, "Bearer nonsense", "Basic YTpi"]) {
    const refused = await call({ authorization });
    assert.equal(refused.status, 401, authorization);
    assert.ok(refused.headers.get("sb-error-code")!.startsWith("UNAUTHORIZED_"));
  }
  assert.equal((await call({ apikey: "sb_secret_guess" })).status, 401);
  assert.equal((await call({})).headers.get("sb-error-code"), "UNAUTHORIZED_NO_AUTH_HEADER");
});

Deno.test("an unknown function is 404", options, async () => {
  const response = await fetch(`${functionsUrl}/nobody`);
  assert.equal(response.status, 404);
  assert.equal(response.headers.get("sb-error-code"), "NOT_FOUND");
});

Deno.test("_shared is no function", options, async () => {
  assert.equal((await fetch(`${functionsUrl}/_shared`)).status, 404);
});

Deno.test("preflights of the APIs are answered for every header asked", options, async () => {
  for (const path of ["/rest/v1/notes", "/auth/v1/token", "/storage/v1/object/a/b"]) {
    const response = await fetch(stack.env.API_URL + path, {
      method: "OPTIONS",
      headers: {
        "origin": "https://app.example.test",
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "authorization,x-upsert,tus-resumable,x-own",
      },
    });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    assert.match(response.headers.get("access-control-allow-methods")!, /PATCH/);
    assert.match(response.headers.get("access-control-allow-headers")!, /tus-resumable.*x-own/);
  }
  const refused = await fetch(`${stack.env.API_URL}/rest/v1/notes`);
  assert.equal(refused.headers.get("access-control-allow-origin"), "*");
  assert.match(refused.headers.get("access-control-expose-headers")!, /content-range/);
});

Deno.test("a killed function comes back by itself", options, async () => {
  const before = await hello();
  Deno.kill(Number(before.pid), "SIGKILL");
  const after = await eventually("the successor", async () => {
    const response = await fetch(`${functionsUrl}/hello`);
    if (response.status === 200) return await response.json();
    assert.equal(response.status, 503);
    assert.match((await response.json()).message, /stopped before it answered|does not start/);
  });
  assert.notEqual(after.pid, before.pid);
  assert.equal((await stack.pids())["functions/hello"], after.pid);
});

Deno.test("a request that dies with its function is 503 with a sentence", options, async () => {
  const response = await fetch(`${functionsUrl}/hello/crash`);
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("sb-error-code"), "EDGE_FUNCTION_ERROR");
  assert.match((await response.json()).message, /^The function hello stopped/);
  await eventually("the successor", async () => (await hello()).pid);
});

Deno.test("changed code is loaded without losing a request", options, async () => {
  const slow = fetch(`${functionsUrl}/hello/slow?ms=1500`);
  const failures: number[] = [];
  let asking = true;
  const asker = (async () => {
    while (asking) {
      const response = await fetch(`${functionsUrl}/hello`);
      await response.body?.cancel();
      if (response.status !== 200) failures.push(response.status);
    }
  })();
  await change("hello/index.ts", `"one"`, `"two"`);
  await eventually("version two", async () => (await hello()).version === "two");
  asking = false;
  await asker;
  assert.deepEqual(failures, []);
  assert.equal((await slow).status, 200);
  assert.equal((await (await slow).json()).version, "one");
});

Deno.test("a change in _shared reloads who uses it", options, async () => {
  await change("_shared/greeting.ts", `"hello"`, `"good day"`);
  await eventually("the new greeting", async () => (await hello()).greeting === "good day");
});

Deno.test("code that does not start leaves the version before running", options, async () => {
  await change("hello/index.ts", `"two"`, `"two`);
  await eventually(
    "the notice",
    () => /hello does not start, the version before keeps running/.test(stack.output()),
  );
  assert.equal((await hello()).version, "two");
  await change("hello/index.ts", `"two;`, `"three";`);
  await eventually("version three", async () => (await hello()).version === "three");
});

Deno.test("a new function is picked up, a removed one is gone", options, async () => {
  await copyDir(join(supabaseDir, "functions", "hello"), join(supabaseDir, "functions", "fresh"));
  const key = { apikey: stack.env.PUBLISHABLE_KEY! };
  await eventually("the new function", async () => {
    const response = await fetch(`${functionsUrl}/fresh`, { headers: key });
    await response.body?.cancel();
    return response.status === 200;
  });
  assert.equal(
    (await fetch(`${functionsUrl}/fresh`)).status,
    401,
    "a function config.toml does not name is locked",
  );
  await Deno.remove(join(supabaseDir, "functions", "fresh"), { recursive: true });
  await eventually(
    "its end",
    async () => (await fetch(`${functionsUrl}/fresh`, { headers: key })).status === 404,
  );
});
