import assert from "node:assert/strict";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { type Answer, callFunction } from "../support/call-function.ts";
import { connect, createBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { openDrive, processAtOnce } from "../support/sandbox-drive.ts";

const { env, stop } = await startStack({ basePort: PORTS.libraryFolders });
await processAtOnce(env);
const account = await createAccount(env);
const name = await connect(env, account);
const drive = await openDrive(env, name);

Deno.test.afterAll(stop);

const link = (body: Record<string, unknown>) =>
  callFunction(env, account, "POST", "onedrive/links", { body });
const linksOf = ({ body }: Answer) =>
  body.links as {
    outcome: string;
    video: Record<string, unknown> & { id: string };
  }[];

Deno.test("Library: linking a folder", async (t) => {
  for (
    const path of [
      "Trip/a.mp4",
      "Trip/b.mov",
      "Trip/list.txt",
      "Trip/Day 2/c.mp4",
      "Trip/Day 2/Night/d.webm",
    ]
  ) {
    await drive.put(path, createBytes(1_000, path.length));
  }
  const trip = await drive.find("Trip");
  const filenamesOf = (answer: Answer) => linksOf(answer).map(({ video }) => video.filename).toSorted();

  await t.step("takes its videos", async () => {
    assert.deepEqual(filenamesOf(await link({ folder_id: trip.id })), [
      "a.mp4",
      "b.mov",
    ]);
  });

  await t.step("and those below it when asked to", async () => {
    const answer = await link({ folder_id: trip.id, include_subfolders: true });
    assert.deepEqual(filenamesOf(answer), [
      "a.mp4",
      "b.mov",
      "c.mp4",
      "d.webm",
    ]);
    assert.deepEqual(
      linksOf(answer).filter(({ outcome }) => outcome === "linked").length,
      2,
    );
  });

  await t.step("without videos says so", async () => {
    const empty = await drive.folder("root", "Empty");
    const answer = await link({ folder_id: empty.id });
    assert.deepEqual([answer.status, answer.body.code], [
      422,
      "folder_has_no_videos",
    ]);
  });

  await t.step(
    "with too many takes none and says how many are too many",
    async () => {
      for (let start = 0; start < 201; start += 67) {
        await Promise.all(
          Array.from(
            { length: 67 },
            (_, at) => drive.put(`Archive/${start + at}.mp4`, createBytes(5)),
          ),
        );
      }
      const archive = await drive.find("Archive");
      const answer = await link({ folder_id: archive.id });
      assert.deepEqual([answer.status, answer.body.code], [
        422,
        "too_many_videos",
      ]);
      assert.match(String(answer.body.message), /Archive.*200/);
      const { count } = await account.client.from("product_videos").select(
        "id",
        { count: "exact", head: true },
      )
        .like("onedrive_path", "/Archive/%");
      assert.equal(count, 0);
    },
  );
});

Deno.test("Library: a work account is looked into, linked from and played from alike", async (t) => {
  const worker = await createAccount(env);
  const workName = await connect(env, worker, `w-${crypto.randomUUID().slice(0, 8)}+work`);
  const workDrive = await openDrive(env, workName);
  const file = await workDrive.put("Team shoot/pitch.mp4", createBytes(2_000));
  const folder = await workDrive.find("Team shoot");
  const call = (method: string, path: string, body?: unknown) =>
    callFunction(env, worker, method, path, { body });
  let videoId = "";

  await t.step("its folders, with pictures though it expands none", async () => {
    const { body } = await call("GET", `onedrive/items?folder_id=${folder.id}`);
    const [pitch] = body.items as { name: string; thumbnail_url: string | null }[];
    assert.equal(pitch!.name, "pitch.mp4");
    assert.ok(pitch!.thumbnail_url);
  });
  await t.step("its files", async () => {
    const { body } = await call("POST", "onedrive/links", { item_ids: [file.id] });
    const [{ outcome, video }] = body.links as [{ outcome: string; video: { id: string } }];
    assert.equal(outcome, "linked");
    videoId = video.id;
  });
  await t.step("its bytes, from a host that answers no preflight", async () => {
    const { body } = await call("GET", `videos/${videoId}/playback`);
    const part = await fetch(String(body.url), { headers: { range: "bytes=1990-" } });
    assert.deepEqual([part.status, (await part.bytes()).length], [206, 10]);
    const preflight = await fetch(String(body.url), { method: "OPTIONS" });
    await preflight.body?.cancel();
    assert.equal(preflight.status, 405);
  });
});
