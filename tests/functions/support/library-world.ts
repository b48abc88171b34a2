import assert from "node:assert/strict";
import type { Sql } from "postgres";
import { createAccount, type TestAccount } from "./account.ts";
import { callFunction } from "./call-function.ts";
import { connect } from "./onedrive.ts";
import { poll } from "./poll.ts";
import { openDrive } from "./sandbox-drive.ts";

type StackEnv = Readonly<Record<string, string>>;

/** A person with a OneDrive of their own, and how its files become videos. */
export async function openLibrary(env: StackEnv, driveName?: string) {
  const account = await createAccount(env);
  const name = await connect(env, account, driveName);
  const drive = await openDrive(env, name);
  const call = (method: string, path: string, body?: unknown) =>
    callFunction(env, account, method, path, { body });
  const linkVideo = async (itemId: string, productId?: string) => {
    const body = { item_ids: [itemId], ...(productId && { product_id: productId }) };
    const answer = await call("POST", "onedrive/links", body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return (answer.body.links as { video: { id: string; filename: string } }[])[0]!.video;
  };
  const link = async (itemId: string, productId?: string) => (await linkVideo(itemId, productId)).id;
  return { account, name, drive, call, link, linkVideo };
}

/** Makes a user's drive due and waits until the job has been through with it. */
export async function followChanges(sql: Sql, userId: string): Promise<void> {
  const [before] = await sql`select clock_timestamp() as now`;
  await sql`update private.onedrive_watches set due_at = now() where user_id = ${userId}`;
  await poll("the drive is read", async () => {
    await sql`select private.poke_onedrive_watches()`;
    const rows = await sql`
      select last_finished_at from private.onedrive_watches
      where user_id = ${userId} and last_finished_at > ${before!.now}`;
    return rows.length > 0;
  });
}

/** A video as its user reads it. */
export async function readVideo(env: StackEnv, account: TestAccount, videoId: string) {
  return (await callFunction(env, account, "GET", `videos/${videoId}`)).body;
}
