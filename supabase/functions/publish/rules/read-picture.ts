export interface Picture {
  readonly mimeType: "image/jpeg" | "image/png";
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Markers of a frame header: SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). Rule: ITU-T T.81, table B.1. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers without a length of their own: TEM, RST0 to RST7, SOI. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
const START_OF_SCAN = 0xda;

/** What the bytes of a JPEG or PNG say of it; null for everything else, whatever it is called. */
export function readPicture(bytes: Uint8Array): Picture | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) return readPng(bytes, view);
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? readJpeg(bytes, view) : null;
}

/** The first chunk is IHDR: four bytes of width, four of height (rule: PNG specification, 11.2.2). */
function readPng(bytes: Uint8Array, view: DataView): Picture | null {
  const name = String.fromCharCode(...bytes.subarray(12, 16));
  if (name !== "IHDR" || bytes.length < 24) return null;
  return { mimeType: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

function readJpeg(bytes: Uint8Array, view: DataView): Picture | null {
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      // Filled up.
      at += 1;
    } else if (isBare(marker)) {
      at += 2;
    } else if (isFrame(marker)) {
      if (at + 9 > bytes.length) return null;
      return { mimeType: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    } else if (marker === START_OF_SCAN) {
      return null;
    } else {
      at += 2 + view.getUint16(at + 2);
    }
  }
  return null;
}
