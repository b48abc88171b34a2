import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount, createProduct } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, consent, finish } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { uploadVideo } from "../support/upload-video.ts";

const { env, stop } = await startStack({ basePort: PORTS.connect });
const sql = postgres(env.DB_URL!, { max: 2 });

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

Deno.test("OneDrive: finishing a sign-in", async (t) => {
  const owner = await createAccount(env);
  const stranger = await createAccount(env);
  const fragment = await consent(env, owner, "anna");

  await t.step("a stranger is refused", async () => {
    const { status, body } = await finish(env, stranger, fragment);
    assert.deepEqual([status, body.code], [403, "oauth_state_foreign"]);
    assert.equal((await callFunction(env, stranger, "GET", "onedrive/status")).body.connection, null);
  });

  await t.step("and does not stop the owner", async () => {
    const { status, body } = await finish(env, owner, fragment);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).sort(), ["account_name", "expires_at", "id", "platform", "status"]);
    assert.deepEqual([body.platform, body.status], ["onedrive", "connected"]);
  });

  await t.step("works once", async () => {
    const { status, body } = await finish(env, owner, fragment);
    assert.deepEqual([status, body.code], [422, "oauth_state_invalid"]);
  });

  await t.step("needs a state of ours", async () => {
    const made = new URLSearchParams({ code: "c", state: "s".repeat(43) });
    const { status, body } = await finish(env, owner, made);
    assert.deepEqual([status, body.code], [422, "oauth_state_invalid"]);
  });

  await t.step("needs the code of that very request", async () => {
    const other = await consent(env, owner, "anna");
    other.set("code", "made-up");
    const { status, body } = await finish(env, owner, other);
    assert.deepEqual([status, body.code], [422, "consent_refused"]);
  });

  await t.step("ends after ten minutes", async () => {
    const late = await consent(env, owner, "anna");
    await sql`update private.oauth_states set expires_at = now() - interval '1 second' where user_id = ${owner.id}`;
    const { status, body } = await finish(env, owner, late);
    assert.deepEqual([status, body.code], [422, "oauth_state_invalid"]);
  });

  await t.step("without file access is refused", async () => {
    const { status, body } = await finish(env, owner, await consent(env, owner, "bert+declined"));
    assert.deepEqual([status, body.code], [422, "consent_refused"]);
  });

  await t.step("of an account without OneDrive is refused", async () => {
    const person = await createAccount(env);
    const { status, body } = await finish(env, person, await consent(env, person, "carl+nodrive"));
    assert.deepEqual([status, body.code], [422, "no_onedrive"]);
  });
});

Deno.test("OneDrive: what is stored about a sign-in", async (t) => {
  const account = await createAccount(env);
  await consent(env, account, "dora");

  await t.step("state and verifier are not readable in the database", async () => {
    const [row] =
      await sql`select state_hash, verifier from private.oauth_states where user_id = ${account.id}`;
    assert.match(row!.state_hash, /^[0-9a-f]{64}$/);
    assert.doesNotMatch(row!.verifier, /^[A-Za-z0-9_-]{43,128}$/);
  });

  await connect(env, account, "dora");
  await t.step("tokens are encrypted", async () => {
    const [row] = await sql`select * from private.onedrive_tokens where user_id = ${account.id}`;
    assert.ok(row!.access_token && row!.refresh_token && row!.key_id);
    assert.doesNotMatch(atob(row!.refresh_token), /^M\.C/);
  });

  await t.step("its user reads the connection and changes nothing", async () => {
    const read = await account.client.from("user_onedrive_connections").select("status, account_email");
    assert.equal(read.data?.length, 1);
    const write = await account.client.from("user_onedrive_connections").update({ status: "error" })
      .eq("user_id", account.id);
    assert.equal(write.error?.code, "42501");
  });

  await t.step("no one else sees it", async () => {
    const other = await createAccount(env);
    const read = await other.client.from("user_onedrive_connections").select("*");
    assert.deepEqual(read.data, []);
  });

  await t.step("the functions over private tables are closed to users", async () => {
    for (const name of ["get_onedrive_access", "disconnect_onedrive", "take_oauth_state"]) {
      const { error } = await account.client.rpc(name, { p_user_id: account.id });
      assert.ok(error, name);
    }
    const { error } = await account.client.rpc("get_onedrive_access", { p_user_id: account.id });
    assert.equal(error?.code, "42501");
  });
});

Deno.test("OneDrive: connecting another account", async (t) => {
  const account = await createAccount(env);
  const first = await connect(env, account);
  const product = await createProduct(account, "B0SWITCH01");
  const video = await uploadVideo(env, account, { product_id: product });
  const isUnreachable = async () => {
    const { body } = await callFunction(env, account, "GET", `videos/${video.id}`);
    return body.unreachable_at !== null;
  };
  const fragment = await consent(env, account, "second-account");

  await t.step("asks first and names the account", async () => {
    const { status, body } = await finish(env, account, fragment);
    assert.deepEqual([status, body.code], [409, "different_account"]);
    assert.match(JSON.stringify(body.details), /second-account/);
    assert.equal(await isUnreachable(), false);
  });

  await t.step("goes on with the same sign-in when confirmed", async () => {
    const { status } = await finish(env, account, fragment, { confirm_switch: true });
    assert.equal(status, 200);
    assert.equal(await isUnreachable(), true);
  });

  await t.step("makes the old videos unplayable, not the account", async () => {
    const { status, body } = await callFunction(env, account, "GET", `videos/${video.id}/playback`);
    assert.deepEqual([status, body.code], [422, "video_unreachable"]);
    const folders = await callFunction(env, account, "GET", "onedrive/folders");
    assert.equal(folders.status, 200);
  });

  await t.step("back to the first makes them reachable again", async () => {
    const back = await consent(env, account, first);
    await finish(env, account, back);
    assert.equal((await finish(env, account, back, { confirm_switch: true })).status, 200);
    assert.equal(await isUnreachable(), false);
  });
});

Deno.test("OneDrive: disconnecting", async (t) => {
  const account = await createAccount(env);
  const name = await connect(env, account);
  const folder = await callFunction(env, account, "POST", "onedrive/folders", { body: { name: "Mine" } });
  await callFunction(env, account, "POST", "onedrive/set-folder", { body: { folder_id: folder.body.id } });
  const { body } = await callFunction(env, account, "GET", "onedrive/status");
  const connection = body.connection as { id: string };

  await t.step("somebody else's connection is not there", async () => {
    const stranger = await createAccount(env);
    const answer = await callFunction(env, stranger, "DELETE", `onedrive/connections/${connection.id}`);
    assert.deepEqual([answer.status, answer.body.code], [404, "connection_not_found"]);
  });

  await t.step("deletes the tokens", async () => {
    const answer = await callFunction(env, account, "DELETE", `onedrive/connections/${connection.id}`);
    assert.equal(answer.status, 204);
    assert.equal((await sql`select 1 from private.onedrive_tokens where user_id = ${account.id}`).length, 0);
    assert.equal((await callFunction(env, account, "GET", "onedrive/status")).body.connection, null);
  });

  await t.step("leaves everything else asking to reconnect", async () => {
    for (const path of ["onedrive/folders", "onedrive/upload-url"]) {
      const isPost = path.endsWith("url");
      const upload = { filename: "a.mp4", size: 9, mime_type: "video/mp4", fingerprint: "ab".repeat(32) };
      const answer = await callFunction(
        env,
        account,
        isPost ? "POST" : "GET",
        path,
        isPost ? { body: upload } : {},
      );
      assert.deepEqual([answer.status, answer.body.code], [424, "reauth_required"]);
    }
  });

  await t.step("twice is fine", async () => {
    assert.equal((await callFunction(env, account, "POST", "onedrive/disconnect")).status, 200);
  });

  await t.step("and reconnecting remembers the folder", async () => {
    await connect(env, account, name);
    const { body } = await callFunction(env, account, "GET", "onedrive/status");
    assert.equal((body.connection as { folder: { path: string } }).folder.path, "/Mine");
  });
});

Deno.test("OneDrive: choosing a folder", async (t) => {
  const account = await createAccount(env);
  await connect(env, account);
  const call = (method: string, path: string, body?: unknown) =>
    callFunction(env, account, method, path, { body });

  await t.step("folders are made inside folders", async () => {
    const outer = await call("POST", "onedrive/folders", { name: "Videos" });
    assert.deepEqual([outer.status, outer.body.path], [200, "/Videos"]);
    const inner = await call("POST", "onedrive/folders", { name: "2026 #1", parent_id: outer.body.id });
    assert.equal(inner.body.path, "/Videos/2026 #1");
    const list = await call("GET", `onedrive/folders?parent_id=${encodeURIComponent(String(outer.body.id))}`);
    assert.deepEqual((list.body.folders as { name: string }[]).map(({ name }) => name), ["2026 #1"]);
    assert.deepEqual((list.body.parent as { path: string }).path, "/Videos");
  });

  await t.step("an existing name is a conflict", async () => {
    const answer = await call("POST", "onedrive/folders", { name: "videos" });
    assert.deepEqual([answer.status, answer.body.code], [409, "folder_exists"]);
  });

  await t.step("names OneDrive refuses are refused with a sentence", async () => {
    for (const name of ["a:b", "x/y", "CON", "tail.", "*", "~$x"]) {
      const answer = await call("POST", "onedrive/folders", { name });
      assert.deepEqual([name, answer.status, answer.body.code], [name, 422, "name_invalid"]);
    }
  });

  await t.step("only existing folders can be chosen", async () => {
    const answer = await call("POST", "onedrive/set-folder", { folder_id: "NOPE!1" });
    assert.deepEqual([answer.status, answer.body.code], [404, "folder_not_found"]);
  });

  await t.step("a file is no folder", async () => {
    const video = await uploadVideo(env, account);
    const answer = await call("POST", "onedrive/set-folder", { folder_id: video.onedrive_item_id });
    assert.equal(answer.body.code, "folder_not_found");
  });
});
