import assert from "node:assert/strict";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { type Answer, callFunction } from "../support/call-function.ts";
import { openLibrary } from "../support/library-world.ts";
import { createBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";
import { processAtOnce } from "../support/sandbox-drive.ts";
import { uploadVideo } from "../support/upload-video.ts";

const { env, stop } = await startStack({ basePort: PORTS.playback });
await processAtOnce(env);
const control = createControl(env.SANDBOX_URL!);
const clip = await Deno.readFile(
  new URL("../../support/fixtures/clip.mp4", import.meta.url),
);
const name = `u-${crypto.randomUUID().slice(0, 8)}+special`;
const { account, drive, call, linkVideo } = await openLibrary(env, name);

Deno.test.afterAll(stop);

const refusalOf = ({ status, body }: Answer) => [status, body.code];

Deno.test("Playback: by the file's id, wherever it is", async (t) => {
  const file = await drive.put("Play/first name.mp4", clip);
  const video = await linkVideo(file.id);
  const play = () => call("GET", `videos/${video.id}/playback`);
  const read = async () => (await call("GET", `videos/${video.id}`)).body;

  await t.step("gives an address that plays in parts", async () => {
    const { status, body } = await play();
    assert.equal(status, 200);
    assert.ok(Date.parse(String(body.expires_at)) > Date.now());
    const part = await fetch(String(body.url), {
      headers: { range: "bytes=0-99" },
    });
    assert.deepEqual([part.status, part.headers.get("content-type")], [
      206,
      "video/mp4",
    ]);
    assert.equal((await part.bytes()).length, 100);
  });

  await t.step(
    "moved and renamed it still plays, and the new place is shown",
    async () => {
      const folder = await drive.folder("root", "Moved here");
      await drive.move(file.id, folder.id);
      await drive.rename(file.id, "second name.mp4");
      assert.equal((await play()).status, 200);
      const { onedrive_path: path, filename } = await read();
      assert.deepEqual([path, filename], [
        "/Moved here/second name.mp4",
        "second name.mp4",
      ]);
    },
  );

  await t.step("a name given here stays", async () => {
    await call("PATCH", `videos/${video.id}`, { filename: "Kettle, final" });
    await drive.rename(file.id, "third name.mp4");
    await play();
    const { onedrive_path: path, filename } = await read();
    assert.deepEqual([path, filename], [
      "/Moved here/third name.mp4",
      "Kettle, final",
    ]);
  });

  await t.step("other bytes are noticed", async () => {
    assert.equal((await read()).content_changed_at, null);
    await drive.put("Moved here/third name.mp4", createBytes(4_000));
    await play();
    const now = await read();
    assert.ok(now.content_changed_at);
    assert.equal(now.size_bytes, 4_000);
  });

  await t.step("deleted it says what to do", async () => {
    await drive.remove(file.id);
    const { status, body } = await play();
    assert.deepEqual([status, body.code, body.details], [
      422,
      "video_unreachable",
      { reason: "missing" },
    ]);
    assert.equal((await read()).unreachable_reason, "missing");
  });
});

Deno.test("Thumbnails: OneDrive's picture where there is no poster", async (t) => {
  const files = await Promise.all(
    [1, 2, 3].map((n) => drive.put(`Pictures/${n}.mp4`, createBytes(60 + n))),
  );
  const videos = await Promise.all(files.map((file) => linkVideo(file.id)));
  const ask = (ids: string[]) => call("GET", `videos/thumbnails?ids=${ids.join(",")}`);
  const idsOf = ({ body }: Answer) =>
    (body.thumbnails as { video_id: string; url: string }[]).map((entry) => entry.video_id).toSorted();
  const all = videos.map(({ id }) => id).toSorted();

  await t.step("for many videos at once", async () => {
    const answer = await ask(all);
    assert.deepEqual(idsOf(answer), all);
    const [first] = answer.body.thumbnails as { url: string }[];
    assert.equal(
      (await fetch(first!.url).then(async (r) => (await r.body?.cancel(), r)))
        .status,
      200,
    );
  });

  await t.step("asks again for those that were throttled", async () => {
    await control.fault({
      method: "GET",
      path: "*/thumbnails",
      kind: "rate_limit",
      value: 1,
      times: 2,
    });
    assert.deepEqual(idsOf(await ask(all)), all);
    await control.clearFaults();
  });

  await t.step(
    "are left out where there are none, and for other people's videos",
    async () => {
      await control.set({ thumbnails: false });
      assert.deepEqual(idsOf(await ask(all)), []);
      await control.set({ thumbnails: null });
      const stranger = await createAccount(env);
      const theirs = await callFunction(
        env,
        stranger,
        "GET",
        `videos/thumbnails?ids=${all.join(",")}`,
      );
      assert.deepEqual([theirs.status, theirs.body.thumbnails], [200, []]);
    },
  );

  await t.step("an outage costs the pictures, not the answer", async () => {
    await control.fault({
      method: "POST",
      path: "/v1.0/$batch",
      kind: "status",
      value: 503,
      times: 5,
    });
    const answer = await ask(all);
    assert.deepEqual([answer.status, idsOf(answer)], [200, []]);
    await control.clearFaults();
  });

  await t.step("ids that are none are refused", async () => {
    for (const ids of ["", "x", Array(61).fill(all[0]).join(",")]) {
      assert.deepEqual(
        refusalOf(await call("GET", `videos/thumbnails?ids=${ids}`)),
        [400, "invalid_request"],
      );
    }
  });

  await t.step("an uploaded video shows as one of ours", async () => {
    const uploaded = await uploadVideo(env, account, { filename: "up.mp4" });
    const answer = await call("GET", `videos/${uploaded.id}`);
    assert.deepEqual([answer.body.source, answer.body.unreachable_reason], [
      "upload",
      null,
    ]);
  });
});
