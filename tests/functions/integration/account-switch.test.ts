import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, consent, createBytes, finish } from "../support/onedrive.ts";
import { followChanges, openLibrary, readVideo } from "../support/library-world.ts";
import { PORTS } from "../support/ports.ts";
import { processAtOnce } from "../support/sandbox-drive.ts";

const { env, stop } = await startStack({ basePort: PORTS.accountSwitch });
await processAtOnce(env);
const sql = postgres(env.DB_URL!, { max: 2 });

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

Deno.test("Accounts: switching and coming back", async (t) => {
  const { account, name, drive, link } = await openLibrary(env);
  const kept = await link(
    (await drive.put("kept.mp4", createBytes(400, 1))).id,
  );
  const lostFile = await drive.put("lost.mp4", createBytes(400, 2));
  const lost = await link(lostFile.id);
  const reasons = async () =>
    await Promise.all(
      [kept, lost].map(async (id) => (await readVideo(env, account, id)).unreachable_reason),
    );
  const other = `other-${crypto.randomUUID().slice(0, 8)}`;
  const fragment = await consent(env, account, other);

  await t.step(
    "asks with the names of both accounts, and may be asked again",
    async () => {
      for (let time = 0; time < 2; time++) {
        const { status, body } = await finish(env, account, fragment);
        assert.deepEqual([status, body.code], [409, "different_account"]);
        const details = body.details as Record<string, string>;
        assert.match(details.account_email!, new RegExp(other));
        assert.match(details.current_account_email!, new RegExp(name));
        assert.ok(String(body.message).includes(details.account_email!));
      }
      assert.deepEqual(await reasons(), [null, null]);
    },
  );
  await t.step("confirmed it marks the videos of the old one", async () => {
    assert.equal(
      (await finish(env, account, fragment, { confirm_switch: true })).status,
      200,
    );
    assert.deepEqual(await reasons(), ["other_account", "other_account"]);
    const play = await callFunction(
      env,
      account,
      "GET",
      `videos/${kept}/playback`,
    );
    assert.deepEqual(play.body.details, { reason: "other_account" });
  });
  await t.step(
    "back again they are reachable, and what is missing shows after a look",
    async () => {
      await drive.remove(lostFile.id);
      const back = await consent(env, account, name);
      assert.equal(
        (await finish(env, account, back, { confirm_switch: true })).status,
        200,
      );
      assert.deepEqual(await reasons(), [null, null]);
      await followChanges(sql, account.id);
      assert.deepEqual(await reasons(), [null, "missing"]);
    },
  );
  await t.step(
    "disconnecting marks them, but not what is missing as something else for good",
    async () => {
      await callFunction(env, account, "POST", "onedrive/disconnect");
      assert.deepEqual(await reasons(), ["disconnected", "disconnected"]);
      await connect(env, account, name);
      await followChanges(sql, account.id);
      assert.deepEqual(await reasons(), [null, "missing"]);
    },
  );
  await t.step(
    "the same drive in other letters is the same account",
    async () => {
      await sql`
      update public.user_onedrive_connections set drive_id = lower(drive_id), account_key = 'old-key'
      where user_id = ${account.id}`;
      assert.equal(
        (await finish(env, account, await consent(env, account, name))).status,
        200,
      );
      assert.deepEqual(await reasons(), [null, "missing"]);
      const [row] = await sql`
      select account_key from public.user_onedrive_connections where user_id = ${account.id}`;
      assert.match(
        row!.account_key,
        /^9188040d-6c67-4c5b-b112-36a304b66dad:00000000-/,
      );
    },
  );
});
