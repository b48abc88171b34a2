import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount, type TestAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, consent, finish, openUpload } from "../support/onedrive.ts";
import { createBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";
import { openDrive, processAtOnce } from "../support/sandbox-drive.ts";

const { env, stop } = await startStack({ basePort: PORTS.throttling });
await processAtOnce(env);
const control = createControl(env.SANDBOX_URL!);
const sql = postgres(env.DB_URL!, { max: 2 });

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

const get = (account: TestAccount, path: string) => callFunction(env, account, "GET", path);

async function countGraphCalls(): Promise<number> {
  const calls = await control.requests();
  return calls.filter(({ route }) => route.startsWith("/v1.0")).reduce(
    (sum, { count }) => sum + count,
    0,
  );
}

Deno.test("Throttling: a pause OneDrive asks for holds for every call of that account", async (t) => {
  const account = await createAccount(env);
  const name = await connect(env, account);
  const file = await openDrive(env, name).then((drive) => drive.put("v.mp4", createBytes(100)));
  const linked = await callFunction(env, account, "POST", "onedrive/links", {
    body: { item_ids: [file.id] },
  });
  const [{ video }] = linked.body.links as [{ video: { id: string } }];
  const neighbour = await createAccount(env);
  await connect(env, neighbour);

  await t.step("the throttled call says how long", async () => {
    await control.fault({
      method: "GET",
      path: "/v1.0/me/drive/root",
      kind: "rate_limit",
      value: 400,
    });
    const answer = await get(account, "onedrive/folders");
    assert.deepEqual([answer.status, answer.body.code], [
      429,
      "provider_throttled",
    ]);
    assert.equal(answer.headers.get("retry-after"), "400");
  });
  await t.step(
    "others are refused without asking OneDrive, in other functions too",
    async () => {
      const before = await countGraphCalls();
      for (const path of ["onedrive/items", `videos/${video.id}/playback`]) {
        const answer = await get(account, path);
        assert.deepEqual([path, answer.status, answer.body.code], [
          path,
          429,
          "provider_throttled",
        ]);
        assert.ok(Number(answer.headers.get("retry-after")) > 300);
      }
      const thumbnails = await get(
        account,
        `videos/thumbnails?ids=${video.id}`,
      );
      assert.deepEqual([thumbnails.status, thumbnails.body.thumbnails], [
        200,
        [],
      ]);
      assert.equal(await countGraphCalls(), before);
    },
  );
  await t.step("another account goes on", async () => {
    assert.equal((await get(neighbour, "onedrive/folders")).status, 200);
  });
  await t.step("what needs no OneDrive goes on", async () => {
    assert.equal((await get(account, "videos")).status, 200);
    assert.equal((await get(account, "onedrive/status")).status, 200);
  });
  await t.step("and it ends", async () => {
    await sql`update private.onedrive_tokens set paused_until = now() where user_id = ${account.id}`;
    const answer = await get(account, `videos/${video.id}/playback`);
    assert.equal(answer.status, 200);
  });
});

Deno.test("Throttling: a short pause is waited for", async () => {
  const account = await createAccount(env);
  await connect(env, account);
  await control.fault({
    method: "GET",
    path: "/v1.0/me/drive/root",
    kind: "rate_limit",
    value: 1,
  });
  const startedAt = performance.now();
  assert.equal((await get(account, "onedrive/folders")).status, 200);
  assert.ok(performance.now() - startedAt >= 1_000);
});

Deno.test("Registration: a wrong secret of ours disconnects nobody", async () => {
  const account = await createAccount(env);
  await connect(env, account);
  await sql`update private.onedrive_tokens set expires_at = now() where user_id = ${account.id}`;
  await control.set({ token_error: 7000215 });
  const answer = await get(account, "onedrive/folders");
  assert.deepEqual([answer.status, answer.body.code], [
    502,
    "provider_misconfigured",
  ]);
  const fresh = await createAccount(env);
  const connecting = await finish(
    env,
    fresh,
    await consent(env, fresh, "misconfigured"),
  );
  assert.deepEqual([connecting.status, connecting.body.code], [
    502,
    "provider_misconfigured",
  ]);
  await control.set({ token_error: null });
  const [row] = await sql`
    select status, last_error_code from public.user_onedrive_connections where user_id = ${account.id}`;
  assert.deepEqual({ ...row }, {
    status: "connected",
    last_error_code: "provider_misconfigured",
  });
  assert.equal((await get(account, "onedrive/folders")).status, 200);
});

Deno.test("Quota: unknown never blocks, exceeded does", async (t) => {
  const account = await createAccount(env);
  await connect(env, account);
  const open = () =>
    openUpload(env, account, createBytes(1_000), {
      filename: `${crypto.randomUUID()}.mp4`,
    });
  const unknown: [string, Record<string, number | boolean>][] = [
    ["hidden", { hide_quota: true }],
    ["zero", { quota_shown_as: 0 }],
  ];
  for (const [title, settings] of unknown) {
    await t.step(`${title} is no obstacle`, async () => {
      await control.set(settings);
      assert.equal((await open()).status, 200);
      await control.set({ hide_quota: null, quota_shown_as: null });
    });
  }
  await t.step("exceeded is refused before the first byte", async () => {
    await openDrive(env, "filler");
    await control.set({ drive_quota_bytes: 0 });
    const { status, body } = await open();
    await control.set({ drive_quota_bytes: null });
    assert.deepEqual([status, body.code], [422, "quota_exceeded"]);
  });
});
