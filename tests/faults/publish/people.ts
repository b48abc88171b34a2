import assert from "node:assert/strict";
import { createAccount, type TestAccount } from "../../functions/support/account.ts";
import { connectBlotato } from "../../functions/support/blotato.ts";
import { callFunction } from "../../functions/support/call-function.ts";
import { connect, createBytes } from "../../functions/support/onedrive.ts";
import { connectPlatform } from "../../functions/support/publish.ts";
import { sha256Of } from "../../functions/support/published.ts";
import { openDrive } from "../../functions/support/sandbox-drive.ts";
import { LARGE_VIDEO, type Platform, SMALL_VIDEOS } from "./plan-publishing.ts";

type StackEnv = Readonly<Record<string, string>>;

const SMALL_BYTES = 80_000;
/** Two parts for the Storage API, two chunks for YouTube. */
const LARGE_BYTES = 6_600_000;

/** Somebody with a OneDrive, a channel, an Instagram account, a Page, a TikTok account, and videos. */
export interface Person {
  readonly account: TestAccount;
  /** Names of the accounts at the platforms. */
  readonly names: Readonly<Record<Platform, string>>;
  readonly videos: readonly { readonly id: string; readonly sha256: string }[];
}

/** Signs somebody up and connects everything; every second Instagram and TikTok account by the platform's own login. */
export async function createPerson(env: StackEnv, number: number): Promise<Person> {
  const account = await createAccount(env);
  const oneDrive = await connect(env, account);
  const names = {
    youtube: `yt-${crypto.randomUUID()}`,
    instagram: `ig-${crypto.randomUUID()}`,
    facebook: `fb-${crypto.randomUUID()}`,
    tiktok: `tt-${crypto.randomUUID()}`,
  };
  await connectPlatform(env, account, "youtube", names.youtube);
  const route = number % 2 === 0 ? "facebook_login" : "instagram_login";
  await connectPlatform(env, account, "instagram", names.instagram, { route });
  await connectPlatform(env, account, "facebook", names.facebook);
  if (number % 2 === 0) await connectBlotato(env, account, `blotato-${names.tiktok}`);
  else await connectPlatform(env, account, "tiktok", names.tiktok);
  const drive = await openDrive(env, oneDrive);
  const files: { itemId: string; sha256: string }[] = [];
  for (let video = 0; video <= SMALL_VIDEOS; video++) {
    const bytes = await makeVideo(
      video === LARGE_VIDEO ? LARGE_BYTES : SMALL_BYTES,
      number * 100 + video + 1,
    );
    const item = await drive.put(`clip-${video}.mp4`, bytes);
    files.push({ itemId: item.id, sha256: await sha256Of(bytes) });
  }
  return { account, names, videos: await linkVideos(env, account, files) };
}

async function linkVideos(
  env: StackEnv,
  account: TestAccount,
  files: readonly { itemId: string; sha256: string }[],
) {
  const videos: { id: string; sha256: string }[] = [];
  for (const { itemId, sha256 } of files) {
    const answer = await callFunction(env, account, "POST", "onedrive/links", {
      body: { item_ids: [itemId] },
    });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    videos.push({ id: (answer.body.links as { video: { id: string } }[])[0]!.video.id, sha256 });
  }
  return videos;
}

/** An upright video that every platform takes, followed by a `free` box (ISO/IEC 14496-12, 8.1.2) that differs per seed. */
async function makeVideo(size: number, seed: number): Promise<Uint8Array<ArrayBuffer>> {
  const clip = await Deno.readFile(new URL("../../support/fixtures/upright.mp4", import.meta.url));
  const bytes = createBytes(size, seed);
  bytes.set(clip);
  new DataView(bytes.buffer).setUint32(clip.length, size - clip.length);
  bytes.set(new TextEncoder().encode("free"), clip.length + 4);
  return bytes;
}
