import assert from "node:assert/strict";
import {
  beginsLikeVideo,
  looksLikeVideo,
} from "../../../web/src/features/uploads/uploader/looks-like-video.ts";
import { inUploadWorld, untilStatus } from "./support/upload-world.ts";

const text = (value: string) => new TextEncoder().encode(value);

/** Bytes with a sync byte at every packet of an MPEG transport stream. */
function transportStream(offset: number, packet: number): Uint8Array {
  const bytes = new Uint8Array(1024);
  for (let at = offset; at < bytes.length; at += packet) bytes[at] = 0x47;
  return bytes;
}

const VIDEOS: [name: string, head: Uint8Array][] = [
  ["MP4", text("\0\0\0\x18ftypisom")],
  ["an old QuickTime movie", text("\0\0\x10\0moov\0\0")],
  ["a camera's QuickTime movie", text("\0\0\0\x08wide\0\0")],
  ["WebM and Matroska", Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, 1)],
  ["AVI", text("RIFF\x24\x12\0\0AVI LIST")],
  ["WMV", Uint8Array.of(0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6)],
  ["an MPEG program stream", Uint8Array.of(0, 0, 1, 0xba, 0x44)],
  ["a transport stream", transportStream(0, 188)],
  ["a camcorder's transport stream", transportStream(4, 192)],
  ["Ogg", text("OggS\0\x02")],
];
for (const [name, head] of VIDEOS) {
  Deno.test(`${name} is known by its first bytes`, () => assert.equal(beginsLikeVideo(head), true));
}

const OTHERS: [name: string, head: Uint8Array][] = [
  ["nothing", new Uint8Array(0)],
  ["text", text("Dear diary, today I renamed a file to .mp4")],
  ["a JPEG", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46)],
  ["a PNG", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)],
  ["a WAV", text("RIFF\x24\x12\0\0WAVEfmt ")],
  ["a PDF", text("%PDF-1.7")],
  ["a ZIP", text("PK\x03\x04")],
  ["one lonely G", text("G")],
];
for (const [name, head] of OTHERS) {
  Deno.test(`${name} is no video`, async () => {
    assert.equal(beginsLikeVideo(head), false);
    assert.equal(await looksLikeVideo(new Blob([head.slice()])), false);
  });
}

Deno.test("a file that only bears the name of a video fails before anything is opened", () =>
  inUploadWorld(async ({ functions, openTab }) => {
    const tab = openTab();
    const file = new File(["Dear diary"], "holiday.mp4", { type: "video/mp4" });
    const state = await untilStatus(tab, tab.add(file), "failed");
    assert.equal(state.error?.code, "not_a_video");
    assert.match(state.error!.message, /not a video/);
    assert.deepEqual(functions.calls, []);
  }));
