import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { ProviderApiError } from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { createOpenRange } from "../../../supabase/functions/_shared/providers/microsoft/open-range.ts";
import { createReadRange } from "../../../supabase/functions/_shared/providers/microsoft/read-range.ts";
import { createRequestRange } from "../../../supabase/functions/_shared/providers/microsoft/request-range.ts";
import { createYoutubeUploadClient } from "../../../supabase/functions/_shared/providers/youtube/upload-client.ts";

const PORT = 30_890;
const ORIGIN = `http://127.0.0.1:${PORT}`;
const file = crypto.getRandomValues(new Uint8Array(60_000));
/** Bodies of uploads that arrived whole, with what was declared of them. */
const received: { bytes: Uint8Array; length: string | undefined; range: string | undefined }[] = [];

const server = createServer((request, answer) => {
  if (request.method === "PUT") receive(request, answer);
  else send(request, answer);
});
await new Promise<void>((resolve) => server.listen(PORT, "127.0.0.1", resolve));

/** Promises 40,000 bytes and hangs up after 10,000. */
const cutting = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const CUTTING = `http://127.0.0.1:${(cutting.addr as Deno.NetAddr).port}`;
const cut = cutOffAll();

const requestRange = createRequestRange({ allowOrigins: [ORIGIN, CUTTING] });
const readRange = createReadRange(requestRange);
const openRange = createOpenRange(requestRange, readRange);
const youtube = createYoutubeUploadClient({ uploadUrl: ORIGIN });
const put = (body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>, start: number, end: number) =>
  youtube.put("token", `${ORIGIN}/session`, body, { start, end, total: file.length });

Deno.test.afterAll(async () => {
  server.closeAllConnections();
  server.close();
  cutting.close();
  await cut;
});

Deno.test("A range that is passed on arrives whole, with its length declared", async () => {
  const body = await openRange(`${ORIGIN}/file`, 1_000, 41_000);
  assert.ok(body instanceof ReadableStream);
  assert.deepEqual(await put(body, 1_000, 41_000), { kind: "stored", bytes: 41_000 });
  const { bytes, length, range } = received.pop()!;
  assert.deepEqual([length, range], ["40000", `bytes 1000-40999/${file.length}`]);
  assert.deepEqual(bytes, file.slice(1_000, 41_000));
});

Deno.test("A range that breaks off breaks the request off that it is in", async () => {
  const body = await openRange(`${CUTTING}/file`, 0, 40_000);
  const isNoAnswer = (error: unknown) => error instanceof ProviderApiError && error.isTransient;
  await assert.rejects(put(body, 0, 40_000), isNoAnswer);
  assert.equal(received.length, 0);
});

Deno.test("A range without a length is read first, so that the upload has one", async () => {
  const body = await openRange(`${ORIGIN}/chunked`, 5, 105);
  assert.deepEqual(body, file.slice(5, 105));
});

Deno.test("A download address inside our own network is not asked", async () => {
  const isRefused = (error: unknown) =>
    error instanceof ProviderApiError && error.providerCode === "download_address_not_allowed";
  for (const address of ["http://127.0.0.1:1/file", "https://169.254.169.254/latest", "file:///etc/passwd"]) {
    await assert.rejects(readRange(address, 0, 10), isRefused, address);
  }
});

Deno.test("A range that is not the one asked for is refused", async () => {
  const isIgnored = (error: unknown) =>
    error instanceof ProviderApiError && error.providerCode === "range_ignored";
  for (const path of ["whole", "shifted"]) {
    await assert.rejects(openRange(`${ORIGIN}/${path}`, 0, 100), isIgnored, path);
    await assert.rejects(readRange(`${ORIGIN}/${path}`, 0, 100), isIgnored, path);
  }
});

Deno.test("A range that ends early is not taken for read", async () => {
  await assert.rejects(readRange(`${CUTTING}/file`, 0, 40_000), ProviderApiError);
});

function send(request: IncomingMessage, answer: ServerResponse): void {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "")!;
  const [start, end] = [Number(first), Number(last) + 1];
  const bytes = file.subarray(start, end);
  const shift = request.url === "/shifted" ? 1 : 0;
  answer.setHeader("content-range", `bytes ${start + shift}-${end - 1 + shift}/${file.length}`);
  if (request.url !== "/chunked") answer.setHeader("content-length", bytes.length);
  answer.writeHead(request.url === "/whole" ? 200 : 206);
  answer.end(bytes);
}

async function cutOffAll(): Promise<void> {
  const head =
    "HTTP/1.1 206 Partial Content\r\ncontent-length: 40000\r\ncontent-range: bytes 0-39999/60000\r\n\r\n";
  for await (const connection of cutting) {
    await connection.read(new Uint8Array(4096));
    await connection.write(new TextEncoder().encode(head));
    await connection.write(file.subarray(0, 10_000));
    connection.close();
  }
}

function receive(request: IncomingMessage, answer: ServerResponse): void {
  const parts: Uint8Array[] = [];
  request.on("data", (part) => parts.push(part));
  request.on("error", () => {});
  request.on("end", () => {
    const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
    const { "content-length": length, "content-range": range } = request.headers;
    received.push({ bytes, length, range });
    const end = /-(\d+)\//.exec(range ?? "")![1];
    answer.writeHead(308, { range: `bytes=0-${end}` }).end();
  });
}
