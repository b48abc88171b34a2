import assert from "node:assert/strict";
import { askFromElsewhere, bendPaths, sendBadBodies } from "./attacks/bad-input.ts";
import {
  addToFullList,
  pointBulksAtForeignRows,
  smuggleThroughTemplates,
  takeKeptKey,
} from "./attacks/bulks.ts";
import {
  mixPlatformSignIns,
  pointPostsAtForeignRows,
  replayIdempotencyKey,
  shareChannel,
} from "./attacks/posts.ts";
import { readLogs } from "./attacks/read-logs.ts";
import { bendQueries, overwriteRows, pointAtForeignRows, promoteOneself } from "./attacks/rows.ts";
import { climbOutOfFolder, joinResumableUpload, reuseSignedAddresses } from "./attacks/storage-paths.ts";
import {
  bendCallback,
  replaySignIn,
  reportNonsense,
  smuggleUploadFields,
  takeOverUpload,
} from "./attacks/uploads-and-sign-in.ts";
import { createWorld } from "./support/world.ts";

Deno.test("attacks on isolation", async (t) => {
  await using world = await createWorld(28050);

  await t.step("an upload takes no foreign account, folder or status", () => smuggleUploadFields(world));
  await t.step("an upload is not taken over with its owner's tab id", () => takeOverUpload(world));
  await t.step("progress outside the file is refused", () => reportNonsense(world));
  await t.step("a sign-in is its starter's and works once", () => replaySignIn(world));
  await t.step("the callback leads only to our own page", () => bendCallback(world));

  await t.step(
    "a platform's sign-in of another attaches nothing",
    () => mixPlatformSignIns(world),
  );
  await t.step("a channel of two people is two accounts", () => shareChannel(world));
  await t.step("posts reach nothing of another", () => pointPostsAtForeignRows(world));
  await t.step("an Idempotency-Key is its user's", () => replayIdempotencyKey(world));

  await t.step("bulks and covers reach nothing of another", () => pointBulksAtForeignRows(world));
  await t.step("a template is words alone", () => smuggleThroughTemplates(world));
  await t.step("a full list is its user's to know", () => addToFullList(world));
  await t.step("a kept API key is its sender's", () => takeKeptKey(world));

  await t.step("a foreign id answers like a missing one", () => pointAtForeignRows(world));
  await t.step("upserts and bulk changes stay in own rows", () => overwriteRows(world));
  await t.step("filters, embeddings and cursors show own rows", () => bendQueries(world));
  await t.step("nobody promotes themselves", () => promoteOneself(world));

  await t.step("object names do not climb out of a folder", () => climbOutOfFolder(world));
  await t.step("signed addresses fit one object and purpose", () => reuseSignedAddresses(world));
  await t.step("an upload in parts is its beginner's", () => joinResumableUpload(world));

  let bodies = 0;
  await t.step("bad bodies are refused with code and sentence", async () => {
    bodies = await sendBadBodies(world);
  });
  await t.step(`${bodies} bad bodies were sent`, () => assert.ok(bodies >= 100));
  await t.step("odd spellings of a path open nothing", () => bendPaths(world));
  await t.step("other origins get no credentials", () => askFromElsewhere(world));
  await t.step("logs hold no secrets", () => readLogs(world));
});
