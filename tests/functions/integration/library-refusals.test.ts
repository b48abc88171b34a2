import assert from "node:assert/strict";
import { startStack } from "../../support/stack.ts";
import { createAccount, createProduct } from "../support/account.ts";
import { type Answer, callFunction } from "../support/call-function.ts";
import { openLibrary } from "../support/library-world.ts";
import { createBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";
import { openDrive, processAtOnce } from "../support/sandbox-drive.ts";

const { env, stop } = await startStack({ basePort: PORTS.libraryFiles });
await processAtOnce(env);
const control = createControl(env.SANDBOX_URL!);
const name = `u-${crypto.randomUUID().slice(0, 8)}+special`;
const { account, drive, call, linkVideo } = await openLibrary(env, name);

Deno.test.afterAll(stop);

const link = (body: unknown) => call("POST", "onedrive/links", body);
const hasFile = async (path: string) =>
  (await control.files()).some((file) => file.account === name && file.path === path);
const refusalOf = ({ status, body }: Answer) => [status, body.code];

Deno.test("Library: what cannot become a video is refused", async (t) => {
  const folder = await drive.folder("root", "A folder");
  const text = await drive.put("readme.txt", createBytes(9));
  const gone = await drive.put("gone.mp4", createBytes(9));
  await drive.remove(gone.id);
  const foreign = await openDrive(env, "stranger").then((other) => other.put("theirs.mp4", createBytes(9)));
  const good = await drive.put("good.mp4", createBytes(90));
  const cases: [title: string, itemId: string, status: number, code: string][] = [
    ["a folder", folder.id, 422, "item_is_folder"],
    ["a text file", text.id, 422, "unsupported_file_type"],
    ["a notebook", (await drive.find("Notes")).id, 422, "item_is_package"],
    [
      "a shortcut",
      (await drive.find("Shared with me.mp4")).id,
      422,
      "item_is_shared",
    ],
    ["a deleted file", gone.id, 404, "item_not_found"],
    ["somebody else's file", foreign.id, 404, "item_not_found"],
    ["a made-up id", "nothing", 404, "item_not_found"],
  ];
  for (const [title, itemId, status, code] of cases) {
    await t.step(
      `${title} is ${status} ${code}, and nothing beside it is taken`,
      async () => {
        const answer = await link({ item_ids: [good.id, itemId] });
        assert.deepEqual(refusalOf(answer), [status, code]);
        const [problem] = answer.body.details as {
          item_id: string;
          code: string;
        }[];
        assert.deepEqual([problem!.item_id, problem!.code], [itemId, code]);
        const { data } = await account.client.from("product_videos").select(
          "id",
        ).eq("onedrive_item_id", good.id);
        assert.deepEqual(data, []);
      },
    );
  }

  await t.step("special items are not even shown", async () => {
    const { body } = await call("GET", "onedrive/items");
    const names = (body.items as { name: string }[]).map((item) => item.name);
    assert.deepEqual(names, ["A folder", "good.mp4"]);
  });
});

Deno.test("Library: malformed requests are 4xx with a code", async (t) => {
  const product = await createProduct(await createAccount(env), "B0FOREIGN1");
  const good = await drive.put("fine.mp4", createBytes(90));
  const bodies: [title: string, body: unknown, status: number, code: string][] = [
    ["nothing", {}, 400, "invalid_request"],
    ["no items", { item_ids: [] }, 400, "invalid_request"],
    [
      "items and a folder",
      { item_ids: ["a"], folder_id: "b" },
      400,
      "invalid_request",
    ],
    [
      "too many items",
      { item_ids: Array(201).fill("a") },
      400,
      "invalid_request",
    ],
    ["items that are no text", { item_ids: [7] }, 400, "invalid_request"],
    [
      "an endless id",
      { item_ids: ["a".repeat(300)] },
      400,
      "invalid_request",
    ],
    [
      "half a surrogate pair",
      { item_ids: ["\ud83d"] },
      400,
      "invalid_request",
    ],
    ["a dot segment", { item_ids: [".."] }, 404, "folder_not_found"],
    [
      "a field nobody knows",
      { folder_id: "root", everything: true },
      400,
      "invalid_request",
    ],
    [
      "a product that is no id",
      { item_ids: [good.id], product_id: "x" },
      400,
      "invalid_request",
    ],
    [
      "somebody else's product",
      { item_ids: [good.id], product_id: product },
      404,
      "product_not_found",
    ],
    ["a file as a folder", { folder_id: good.id }, 404, "folder_not_found"],
    ["a missing folder", { folder_id: "nowhere" }, 404, "folder_not_found"],
    ["an array", [], 400, "invalid_request"],
  ];
  for (const [title, body, status, code] of bodies) {
    await t.step(
      title,
      async () => assert.deepEqual(refusalOf(await link(body)), [status, code]),
    );
  }
  await t.step("without an account", async () => {
    const stranger = await createAccount(env);
    for (
      const [method, path] of [["GET", "onedrive/items"], [
        "POST",
        "onedrive/links",
      ]] as const
    ) {
      const body = method === "POST" ? { item_ids: [good.id] } : undefined;
      assert.deepEqual(
        refusalOf(await callFunction(env, stranger, method, path, { body })),
        [
          424,
          "reauth_required",
        ],
      );
    }
  });
});

Deno.test("Library: deleting a linked video", async (t) => {
  await t.step("keeps the file unless asked to take it along", async () => {
    const file = await drive.put("Own/kept.mp4", createBytes(50));
    const video = await linkVideo(file.id);
    assert.equal((await call("DELETE", `videos/${video.id}`)).status, 204);
    assert.equal(await hasFile("/Own/kept.mp4"), true);
  });
  await t.step("takes the file along when asked to", async () => {
    const file = await drive.put("Own/taken.mp4", createBytes(50));
    const video = await linkVideo(file.id);
    assert.equal(
      (await call("DELETE", `videos/${video.id}?keep_file=false`)).status,
      204,
    );
    assert.equal(await hasFile("/Own/taken.mp4"), false);
  });
});
