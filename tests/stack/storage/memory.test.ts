import assert from "node:assert/strict";
import { ALICE, createOwnerBucket, signToken, startStorage } from "./storage-process.ts";
import { PART_BYTES, uploadByTus } from "./tus-upload.ts";

const MEBIBYTE = 1024 * 1024;
const SIZE = 192 * MEBIBYTE;
/** What the process may grow by while it moves that much. */
const ALLOWED_GROWTH = 96 * MEBIBYTE;

const storage = await startStorage(26254);
Deno.test.afterAll(() => storage.stop());
await createOwnerBucket(storage, "own");
const authorization = `Bearer ${await signToken(ALICE)}`;

async function readMemory(field: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${storage.pid()}/status`);
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)![1]) * 1024;
}

/** Runs `work` and answers how far the server's memory rose above where it was. */
async function measureGrowth(work: () => Promise<void>): Promise<number> {
  const before = await readMemory("VmRSS");
  // Writing 5 resets the high-water mark to what is used now.
  await Deno.writeTextFile(`/proc/${storage.pid()}/clear_refs`, "5");
  await work();
  return await readMemory("VmHWM") - before;
}

function stream(size: number, head: string, tail: string): ReadableStream<Uint8Array> {
  const chunk = new Uint8Array(MEBIBYTE);
  let sent = -1;
  return new ReadableStream({
    pull(controller) {
      if (sent < 0) controller.enqueue(new TextEncoder().encode(head));
      else if (sent < size) controller.enqueue(chunk);
      else {
        controller.enqueue(new TextEncoder().encode(tail));
        return controller.close();
      }
      sent += sent < 0 ? 1 : MEBIBYTE;
    },
  });
}

async function upload(name: string, body: ReadableStream<Uint8Array>, headers: Record<string, string>) {
  const url = `${storage.url}/object/own/${ALICE}/${name}`;
  const response = await fetch(url, { method: "POST", headers: { authorization, ...headers }, body });
  assert.equal(response.status, 200, await response.text());
}

Deno.test({
  name: "Memory stays flat however large the file",
  ignore: Deno.build.os !== "linux",
  async fn(t) {
    const form = 'Content-Disposition: form-data; name=""; filename="f"\r\n\r\n';
    const cases: [string, () => Promise<void>][] = [
      ["raw upload", () => upload("raw.bin", stream(SIZE, "-", "-"), {})],
      ["form upload", () =>
        upload("form.bin", stream(SIZE, `--b\r\n${form}`, "\r\n--b--\r\n"), {
          "content-type": "multipart/form-data; boundary=b",
        })],
      ["download to a slow reader", async () => {
        const response = await fetch(`${storage.url}/object/own/${ALICE}/raw.bin`, {
          headers: { authorization },
        });
        let size = 0;
        for await (const chunk of response.body!) size += chunk.length;
        assert.equal(size, SIZE + 2);
      }],
      ["resumable upload", async () => {
        const target = {
          endpoint: `${storage.url}/upload/resumable`,
          bucket: "own",
          name: `${ALICE}/tus.bin`,
          headers: { authorization },
        };
        const outcome = await uploadByTus(new Uint8Array(12 * PART_BYTES), target);
        assert.equal(outcome.error, null);
      }],
    ];
    for (const [name, work] of cases) {
      await t.step(name, async () => {
        const growth = await measureGrowth(work);
        assert.ok(growth < ALLOWED_GROWTH, `grew by ${Math.round(growth / MEBIBYTE)} MiB`);
      });
    }
  },
});
