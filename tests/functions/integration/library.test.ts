import assert from "node:assert/strict";
import { startStack } from "../../support/stack.ts";
import { createAccount, createProduct } from "../support/account.ts";
import { type Answer, callFunction } from "../support/call-function.ts";
import { connect, createBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";
import { openDrive, processAtOnce } from "../support/sandbox-drive.ts";
import { hashOf } from "../support/upload-video.ts";

const { env, stop } = await startStack({ basePort: PORTS.library });
await processAtOnce(env);
const control = createControl(env.SANDBOX_URL!);
const clip = await Deno.readFile(
  new URL("../../support/fixtures/clip.mp4", import.meta.url),
);
const account = await createAccount(env);
const name = await connect(env, account);
const drive = await openDrive(env, name);

Deno.test.afterAll(stop);

const call = (method: string, path: string, body?: unknown) =>
  callFunction(env, account, method, path, { body });
const list = (query = "") => call("GET", `onedrive/items${query}`);
const link = (body: Record<string, unknown>) => call("POST", "onedrive/links", body);
const itemsOf = ({ body }: Answer) => body.items as Record<string, unknown>[];
const namesOf = (answer: Answer) => itemsOf(answer).map((item) => item.name);
const linksOf = ({ body }: Answer) =>
  body.links as {
    outcome: string;
    video: Record<string, unknown> & { id: string };
  }[];

Deno.test("Library: looking into folders", async (t) => {
  await drive.put("Shoot/kettle.mp4", clip);
  await drive.put("Shoot/notes.txt", createBytes(20));
  await drive.put("Shoot/raw.mkv", createBytes(2_000));
  await drive.put("Shoot/strange.bin", createBytes(2_000));
  await drive.put("Shoot/Deep/inner.mov", createBytes(3_000));
  const shoot = await drive.find("Shoot");

  await t.step("shows folders and videos and nothing else", async () => {
    assert.deepEqual(namesOf(await list()), ["Shoot"]);
    const inside = await list(`?folder_id=${encodeURIComponent(shoot.id)}`);
    assert.deepEqual(namesOf(inside), ["Deep", "kettle.mp4", "raw.mkv"]);
    assert.deepEqual((inside.body.folder as { path: string }).path, "/Shoot");
  });

  await t.step(
    "tells what OneDrive knows of a video, with a picture",
    async () => {
      const [, kettle] = itemsOf(
        await list(`?folder_id=${encodeURIComponent(shoot.id)}`),
      );
      assert.deepEqual([kettle!.kind, kettle!.size, kettle!.video], [
        "video",
        clip.length,
        null,
      ]);
      assert.ok(Number(kettle!.duration_ms) > 0 && Number(kettle!.width) > 0);
      assert.ok(Date.parse(String(kettle!.modified_at)) > 0);
      const picture = await fetch(String(kettle!.thumbnail_url));
      await picture.body?.cancel();
      assert.deepEqual([picture.status, picture.headers.get("content-type")], [
        200,
        "image/png",
      ]);
    },
  );

  await t.step("goes on with its own cursor only", async () => {
    for (let number = 0; number < 70; number++) {
      await drive.put(`Many/clip ${100 + number}.mp4`, createBytes(10));
    }
    const many = await drive.find("Many");
    const query = `?folder_id=${encodeURIComponent(many.id)}`;
    const seen: unknown[] = [];
    let cursor: unknown = "";
    for (let page = 0; cursor !== null; page++) {
      assert.ok(page < 5);
      const answer = await list(
        query + (cursor ? `&cursor=${encodeURIComponent(String(cursor))}` : ""),
      );
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      seen.push(...namesOf(answer));
      cursor = answer.body.next_cursor;
      if (page === 0) {
        const elsewhere = await list(
          `?cursor=${encodeURIComponent(String(cursor))}`,
        );
        assert.deepEqual([elsewhere.status, elsewhere.body.code], [
          400,
          "invalid_cursor",
        ]);
      }
    }
    assert.equal(new Set(seen).size, 70);
    for (const forged of ["x", "k1.AAAA", "https://evil.example/"]) {
      const answer = await list(`?cursor=${encodeURIComponent(forged)}`);
      assert.deepEqual([answer.status, answer.body.code], [
        400,
        "invalid_cursor",
      ]);
    }
  });

  await t.step("an empty page of OneDrive is not the end", async () => {
    await control.set({ empty_pages: true });
    assert.deepEqual(
      namesOf(await list(`?folder_id=${encodeURIComponent(shoot.id)}`)),
      [
        "Deep",
        "kettle.mp4",
        "raw.mkv",
      ],
    );
    await control.set({ empty_pages: null });
  });

  await t.step("a file, a missing and a foreign id are no folder", async () => {
    const kettle = await drive.find("Shoot/kettle.mp4");
    const foreign = await openDrive(env, "somebody-else").then((other) => other.folder("root", "Theirs"));
    for (const id of [kettle.id, "nothing-here", "..", foreign.id]) {
      const answer = await list(`?folder_id=${encodeURIComponent(id)}`);
      assert.deepEqual([id, answer.status, answer.body.code], [
        id,
        404,
        "folder_not_found",
      ]);
    }
  });
});

Deno.test("Library: linking files", async (t) => {
  const file = await drive.put("Ready/grinder.mp4", clip);
  const product = await createProduct(account, "B0LIBRARY1");

  await t.step("makes a complete video without copying a byte", async () => {
    const before = (await control.files()).length;
    const answer = await link({ item_ids: [file.id], product_id: product });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const [{ outcome, video }] = linksOf(answer) as [
      ReturnType<typeof linksOf>[0],
    ];
    assert.deepEqual(
      [
        outcome,
        video.source,
        video.upload_status,
        video.is_primary,
        video.size_bytes,
        video.onedrive_path,
      ],
      [
        "linked",
        "onedrive",
        "complete",
        true,
        clip.length,
        "/Ready/grinder.mp4",
      ],
    );
    assert.equal(video.quickxor_hash, hashOf(clip));
    assert.ok(Number(video.duration_ms) > 0 && Number(video.height) > 0);
    assert.equal((await control.files()).length, before);
  });

  await t.step("makes the product's Amazon tasks like an upload", async () => {
    const { data } = await account.client.from("influencer_tasks").select(
      "asin, video_id, status",
    ).eq(
      "product_id",
      product,
    );
    assert.deepEqual(
      data?.map((task) => [task.asin, task.status, task.video_id !== null]),
      [
        ["B0LIBRARY1", "pending", true],
      ],
    );
  });

  await t.step("twice is said, and makes nothing twice", async () => {
    const again = linksOf(
      await link({ item_ids: [file.id, file.id], product_id: product }),
    );
    assert.deepEqual(again.map(({ outcome }) => outcome), ["already_linked"]);
    assert.deepEqual(
      linksOf(await link({ item_ids: [file.id] })).map(({ outcome }) => outcome),
      [
        "already_linked",
      ],
    );
    const { data } = await account.client.from("product_videos").select("id")
      .eq("onedrive_item_id", file.id);
    assert.equal(data?.length, 1);
  });

  await t.step("leaves a video with the product it belongs to", async () => {
    const other = await createProduct(account, "B0LIBRARY2");
    const [first] = linksOf(
      await link({ item_ids: [file.id], product_id: other }),
    );
    assert.deepEqual([first!.outcome, first!.video.product_id], [
      "other_product",
      product,
    ]);
  });

  await t.step("gives a video without a product one", async () => {
    const loose = await drive.put("Ready/loose.mp4", createBytes(500));
    const [first] = linksOf(await link({ item_ids: [loose.id] }));
    assert.deepEqual([first!.outcome, first!.video.product_id], [
      "linked",
      null,
    ]);
    const other = await createProduct(account, "B0LIBRARY3");
    const [second] = linksOf(
      await link({ item_ids: [loose.id], product_id: other }),
    );
    assert.deepEqual([
      second!.outcome,
      second!.video.product_id,
      second!.video.is_primary,
    ], ["linked", other, true]);
    assert.equal(second!.video.id, first!.video.id);
  });

  await t.step("shows in the folder which files are videos here", async () => {
    const folder = await drive.find("Ready");
    const items = itemsOf(
      await list(`?folder_id=${encodeURIComponent(folder.id)}`),
    );
    const grinder = items.find((item) => item.name === "grinder.mp4");
    assert.equal(
      (grinder!.video as { product_id: string }).product_id,
      product,
    );
  });

  await t.step("two requests at once make one video", async () => {
    const raced = await drive.put("Ready/raced.mp4", createBytes(700));
    const answers = await Promise.all(
      [1, 2, 3].map(() => link({ item_ids: [raced.id] })),
    );
    assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200]);
    assert.deepEqual(
      answers.flatMap(linksOf).map(({ outcome }) => outcome).toSorted(),
      ["already_linked", "already_linked", "linked"],
    );
  });
});
