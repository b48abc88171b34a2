import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readMultipart } from "../../../stack/storage/multipart.ts";

const TYPE = 'multipart/form-data; boundary="x-y"';
/** Contains line breaks and beginnings of the delimiter, which must come through unchanged. */
const CONTENT = "\r\n--x-\r\n--x\r\n\r\n--x-z and more\r\n-";
const FORM = [
  "preamble to skip\r\n--x-y\r\n",
  'Content-Disposition: form-data; name="cacheControl"\r\n\r\n3600\r\n--x-y\r\n',
  'Content-Disposition: form-data; name="empty"\r\n\r\n\r\n--x-y\r\n',
  'content-disposition: form-data; name=""; filename="Füße.txt"\r\nContent-Type: text/plain\r\n\r\n',
  `${CONTENT}\r\n--x-y\r\n`,
  'Content-Disposition: form-data; name="late"\r\n\r\nignored\r\n--x-y--\r\nepilogue',
].join("");

async function* split(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

Deno.test("Form is read alike whatever the size of its chunks", async () => {
  const bytes = Buffer.from(FORM);
  for (let size = 1; size <= bytes.length; size++) {
    const form = await readMultipart(split(bytes, size), TYPE);
    assert.deepEqual([...form.fields], [["cacheControl", "3600"], ["empty", ""]]);
    assert.equal(form.contentType, "text/plain");
    const content = Buffer.concat(await Array.fromAsync(form.body));
    assert.equal(content.toString(), CONTENT, `chunks of ${size}`);
  }
});

Deno.test("Form cut at any byte of its file is refused", async () => {
  const bytes = Buffer.from(FORM);
  const end = bytes.indexOf('\r\n--x-y\r\nContent-Disposition: form-data; name="late"');
  for (let length = 0; length < end + 2; length++) {
    const source = split(bytes.subarray(0, length), 7);
    await assert.rejects(async () => {
      const form = await readMultipart(source, TYPE);
      await Array.fromAsync(form.body);
    }, { message: "Unexpected end of form" });
  }
});

Deno.test("Too many fields and endless headers are refused", async () => {
  const field = '--x-y\r\nContent-Disposition: form-data; name="f"\r\n\r\nv\r\n';
  const many = Array.from({ length: 11 }, (_, n) => field.replace('"f"', `"f${n}"`)).join("");
  await assert.rejects(readMultipart(split(Buffer.from(many), 100), TYPE), { message: /fields limit/ });
  const headers = `--x-y\r\nX: ${"a".repeat(20_000)}`;
  await assert.rejects(readMultipart(split(Buffer.from(headers), 1000), TYPE), {
    message: /Malformed part header/,
  });
});
