import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A PNG with a soft gradient in colours of its own per item and a play mark in the middle. */
export function drawThumbnail(seed: string, width: number, height: number): Uint8Array<ArrayBuffer> {
  const hash = createHash("sha256").update(seed).digest();
  const from = [hash[0]! / 2, hash[1]! / 2, 90 + hash[2]! / 3];
  const to = [110 + hash[3]! / 2, 80 + hash[4]! / 2, 120 + hash[5]! / 2];
  const rows = new Uint8Array((width * 3 + 1) * height);
  let at = 0;
  for (let y = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++) {
      const part = (x / width + y / height) / 2;
      const light = isPlayMark(x - width / 2, y - height / 2, Math.min(width, height) / 5) ? 0.85 : 0;
      for (let channel = 0; channel < 3; channel++) {
        const colour = from[channel]! + (to[channel]! - from[channel]!) * part;
        rows[at++] = colour + (255 - colour) * light;
      }
    }
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint32(8, 0x08020000);
  const parts = [
    new Uint8Array(SIGNATURE),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", new Uint8Array(deflateSync(rows, { level: 3 }))),
    chunk("IEND", new Uint8Array()),
  ];
  return concat(parts);
}

/** A triangle that points right, `size` from its middle to its tip. */
function isPlayMark(x: number, y: number, size: number): boolean {
  return x > -size * 0.6 && x < size && Math.abs(y) < (size - x) * 0.6;
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
