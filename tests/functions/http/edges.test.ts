import assert from "node:assert/strict";
import { hmacSha256Hex } from "../../../supabase/functions/_shared/core/digest.ts";
import { createRouters, request } from "../support/routers.ts";
import { TEST_ENV } from "../support/test-env.ts";
import { signShared, validClaims } from "../support/tokens.ts";

const routers = createRouters();

Deno.test("Preflights are answered for browsers without credentials", async () => {
  for (
    const [name, path] of [["onedrive", "/onedrive/upload-url"], ["videos", "/videos"], [
      "tasks",
      "/tasks/x",
    ]] as const
  ) {
    const response = await routers[name].fetch(
      request("OPTIONS", path, {
        headers: {
          origin: "http://127.0.0.1:5173",
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,apikey,content-type,x-client-info,x-uploader-id",
        },
      }),
    );
    assert.equal(response.status, 204);
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    const allowed = response.headers.get("access-control-allow-headers")!.toLowerCase();
    for (const header of ["authorization", "apikey", "x-client-info", "x-uploader-id"]) {
      assert.ok(allowed.includes(header));
    }
  }
});

Deno.test("Refusals carry CORS headers, so that browsers can read them", async () => {
  const response = await routers.tasks.fetch(request("GET", "/tasks/influencer-tasks"));
  await response.body?.cancel();
  assert.equal(response.status, 401);
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
});

Deno.test("Every function serves its OpenAPI document to everybody", async () => {
  const expected = {
    onedrive: ["/onedrive/upload-url", "/onedrive/uploads/{id}/complete", "/onedrive/callback"],
    videos: ["/videos", "/videos/{id}/playback"],
    tasks: ["/tasks/influencer-tasks", "/tasks/influencer-tasks/{id}"],
  };
  for (const [name, paths] of Object.entries(expected)) {
    const router = routers[name as keyof typeof routers];
    const response = await router.fetch(request("GET", `/${name}/openapi.json`));
    assert.equal(response.status, 200);
    const document = await response.json();
    for (const path of paths) assert.ok(document.paths[path], `${path} in ${Object.keys(document.paths)}`);
  }
});

Deno.test("The page of routes lists every route of every function", async () => {
  const page = await Deno.readTextFile(new URL("../../../docs/api.md", import.meta.url));
  for (const [name, router] of Object.entries(routers)) {
    const document = await (await router.fetch(request("GET", `/${name}/openapi.json`))).json();
    for (const [path, methods] of Object.entries<Record<string, unknown>>(document.paths)) {
      const local = path.slice(name.length + 1).replaceAll(/\{(\w+)\}/g, ":$1") || `/${name}`;
      for (const method of Object.keys(methods)) {
        const shown = `${method.toUpperCase()} ${local}`;
        const full = `${method.toUpperCase()} /${name}${local}`;
        assert.ok(page.includes(`\`${shown}\``) || page.includes(`\`${full}\``), `${shown} of ${name}`);
      }
    }
  }
});

Deno.test("The callback leads to the finish page with the answer in the fragment", async () => {
  const path = "/onedrive/callback?code=M.C5*a%21b%24&state=s1&session_state=ignored";
  const response = await routers.onedrive.fetch(request("GET", path));
  assert.equal(response.status, 302);
  const target = new URL(response.headers.get("location")!);
  assert.equal(`${target.origin}${target.pathname}${target.search}`, "http://127.0.0.1:5173/connect/finish");
  const fragment = new URLSearchParams(target.hash.slice(1));
  assert.deepEqual([...fragment], [["provider", "onedrive"], ["code", "M.C5*a!b$"], ["state", "s1"]]);
});

Deno.test("The callback passes a refusal on", async () => {
  const path = "/onedrive/callback?error=access_denied&error_description=User%20declined&state=s1";
  const response = await routers.onedrive.fetch(request("GET", path));
  const fragment = new URLSearchParams(new URL(response.headers.get("location")!).hash.slice(1));
  assert.equal(fragment.get("error"), "access_denied");
  assert.equal(fragment.get("error_description"), "User declined");
  assert.equal(fragment.get("code"), null);
});

Deno.test("Scheduled routes take a fresh signature of their own path only", async (t) => {
  const path = "/onedrive/internal/refresh-tokens";
  const now = () => Math.floor(Date.now() / 1000);
  const sign = (timestamp: number | string, signedPath = path, secret = TEST_ENV.CRON_SECRET) =>
    hmacSha256Hex(secret, `${timestamp}./functions/v1${signedPath}`);
  const statusOf = async (headers: Record<string, string>) => {
    const response = await routers.onedrive.fetch(request("POST", path, { headers, body: {} }));
    await response.body?.cancel();
    return response.status;
  };
  const signed = async (timestamp: number | string, ...rest: [string?, string?]) => ({
    "x-cron-timestamp": String(timestamp),
    "x-cron-signature": await sign(timestamp, ...rest),
  });

  await t.step("genuine", async () => assert.equal(await statusOf(await signed(now())), 202));
  await t.step("no headers", async () => assert.equal(await statusOf({}), 401));
  await t.step("an hour old", async () => assert.equal(await statusOf(await signed(now() - 3600)), 401));
  await t.step("from the future", async () => assert.equal(await statusOf(await signed(now() + 3600)), 401));
  await t.step("not a time", async () => assert.equal(await statusOf(await signed("NaN")), 401));
  await t.step("of another path", async () => {
    assert.equal(await statusOf(await signed(now(), "/onedrive/internal/sweep-uploads")), 401);
  });
  await t.step("with another secret", async () => {
    assert.equal(await statusOf(await signed(now(), path, "guessed-secret-guessed")), 401);
  });
  await t.step("a user's token instead", async () => {
    assert.equal(await statusOf({ authorization: `Bearer ${await signShared(validClaims())}` }), 401);
  });
});
