import assert from "node:assert/strict";
import { callFunction } from "../../functions/support/call-function.ts";
import { consent, createBytes, finish, openUpload } from "../../functions/support/onedrive.ts";
import type { World } from "../support/world.ts";

/** Fields a client has no say in are dropped: the upload goes to the caller's own account and folder. */
export async function smuggleUploadFields({ env, sql, owner, stranger, owned, strangersOwn }: World) {
  const fingerprint = "ef".repeat(32);
  const foreign = { user_id: owner.id, connection_id: owned.connectionId, folder_id: owned.folderId };
  const answer = await openUpload(env, stranger, createBytes(1000), {
    ...foreign,
    ...{ fingerprint, filename: "../../../etc/x\u0000.mp4", status: "complete", video_id: owned.videoId },
  });
  assert.equal(answer.status, 200);
  const [row] = await sql`
    select user_id, connection_id, folder_id, filename, status, video_id
    from onedrive_upload_sessions where fingerprint = ${fingerprint}`;
  assert.equal(row!.user_id, stranger.id);
  assert.equal(row!.connection_id, strangersOwn.connectionId);
  assert.equal(row!.folder_id, strangersOwn.folderId);
  assert.equal(row!.filename, ".._.._.._etc_x_.mp4");
  assert.deepEqual([row!.status, row!.video_id], ["active", null]);
}

/** Neither the tab's id nor taking over opens somebody else's upload; the owner's lease stays as it was. */
export async function takeOverUpload({ env, sql, owner, stranger, owned }: World) {
  const tab = { "x-uploader-id": crypto.randomUUID() };
  const at = `onedrive/uploads/${owned.uploadId}`;
  assert.equal((await callFunction(env, owner, "GET", at, { headers: tab })).status, 200);
  const read = () =>
    sql`
    select uploader_id, uploader_lease_until, next_offset, status from onedrive_upload_sessions
    where id = ${owned.uploadId}`;
  const before = await read();
  for (const headers of [tab, { "x-uploader-id": crypto.randomUUID() }, {}]) {
    const tries = [
      callFunction(env, stranger, "GET", `${at}?take_over=true`, { headers }),
      callFunction(env, stranger, "POST", `${at}/progress`, { headers, body: { next_offset: 1 } }),
      callFunction(env, stranger, "POST", `${at}/restart`, { headers }),
    ];
    for (const { status } of await Promise.all(tries)) assert.equal(status, 404);
  }
  assert.deepEqual([...await read()], [...before]);
}

/** A made-up or late report moves nothing: the offset lies in the file, the rest of the body is ignored. */
export async function reportNonsense({ env, sql, owner, stranger, strangersOwn }: World) {
  const at = `onedrive/uploads/${strangersOwn.uploadId}/progress`;
  const bodies = [
    { next_offset: 99_999_999_999, status: "complete", user_id: owner.id },
    { next_offset: -1 },
    { next_offset: Number.MAX_SAFE_INTEGER, hash: { offset: Number.MAX_SAFE_INTEGER, state: "x" } },
    { next_offset: "0" },
  ];
  for (const body of bodies) {
    const { status } = await callFunction(env, stranger, "POST", at, { body });
    assert.ok(status === 400 || status === 422, JSON.stringify(body));
  }
  const [row] = await sql`
    select user_id, status, next_offset, hash_offset from onedrive_upload_sessions
    where id = ${strangersOwn.uploadId}`;
  const unchanged = { user_id: stranger.id, status: "active", next_offset: "0", hash_offset: null };
  assert.deepEqual({ ...row }, unchanged);
}

/** A sign-in belongs to who started it, works once, and its code is worth nothing under another state. */
export async function replaySignIn({ env, sql, owner, stranger, owned, strangersOwn }: World) {
  const readAccount = () =>
    sql`
    select account_key, account_name, status from user_onedrive_connections where user_id = ${stranger.id}`;
  const before = await readAccount();
  const owners = await consent(env, owner, owned.accountName);
  assert.equal((await finish(env, stranger, owners)).body.code, "oauth_state_foreign");
  const strangers = await consent(env, stranger, strangersOwn.accountName);
  const mixed = new URLSearchParams({ code: owners.get("code")!, state: strangers.get("state")! });
  assert.equal((await finish(env, stranger, mixed)).body.code, "consent_refused");
  assert.deepEqual(
    [...await readAccount()],
    [...before],
    "nobody gets the other's account by mixing sign-ins",
  );
  const both = await Promise.all([finish(env, owner, owners), finish(env, owner, owners)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 422], "of two at once one wins");
  assert.equal((await finish(env, owner, owners)).body.code, "oauth_state_invalid");
}

/** The callback leads to our own finish page only, whatever it is given. */
export async function bendCallback({ env }: World) {
  const queries = [
    "error=x%0d%0aset-cookie:a=b&error_description=%0d%0aLocation:%20https://evil.example",
    "web_url=https://evil.example&redirect=https://evil.example",
    "code=%00&state=%ff",
    "code=https://evil.example/%23&state=__proto__",
  ];
  const doors = ["onedrive", "publish/connections/youtube", "publish/connections/instagram"];
  for (const [door, query] of doors.flatMap((door) => queries.map((query) => [door, query]))) {
    const answer = await fetch(`${env.API_URL}/functions/v1/${door}/callback?${query}`, {
      redirect: "manual",
    });
    await answer.body?.cancel();
    assert.equal(answer.status, 302);
    const target = new URL(answer.headers.get("location")!);
    assert.equal(target.origin + target.pathname + target.search, `${env.WEB_URL}/connect/finish`);
    assert.equal(answer.headers.get("set-cookie"), null);
  }
}
