const HEAD_BYTES = 1024;
const PATIENCE_MS = 10_000;

/** Boxes an MP4, MOV, M4V or 3GP file begins with; the name follows four bytes of length. */
const FIRST_BOXES = ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "styp", "sidx", "moof"];

/** First bytes of the other containers, in hex. */
const SIGNATURES = [
  "1a45dfa3", // Matroska, WebM
  "3026b2758e66cf11", // ASF: WMV
  "000001ba", // MPEG program stream
  "000001b3", // MPEG video
  "4f676753", // Ogg
  "464c56", // Flash Video
  "060e2b34", // MXF
  "2e524d46", // RealMedia
];

/**
 * Whether a file is a video by its content, whatever its name says: it begins like one of the known containers, or
 * else the browser can read it as a video. Rejects with NotReadableError when the file cannot be read any more.
 */
export async function looksLikeVideo(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return beginsLikeVideo(head) || await isPlayable(file);
}

/** True when these first bytes of a file (up to 1 KiB) belong to a container of videos. */
export function beginsLikeVideo(head: Uint8Array): boolean {
  if (FIRST_BOXES.includes(textAt(head, 4))) return true;
  if (textAt(head, 0) === "RIFF" && textAt(head, 8) === "AVI ") return true;
  if (isTransportStream(head, 0, 188) || isTransportStream(head, 4, 192)) return true;
  const start = Array.from(head.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return SIGNATURES.some((signature) => start.startsWith(signature));
}

function textAt(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

/** MPEG transport streams have their sync byte at every packet. */
function isTransportStream(head: Uint8Array, offset: number, packet: number): boolean {
  const marks = [0, 1, 2].map((index) => head[offset + index * packet]).filter((byte) => byte !== undefined);
  return marks.length > 1 && marks.every((byte) => byte === 0x47);
}

/** The browser's own opinion; false where there is none. */
function isPlayable(file: Blob): Promise<boolean> {
  if (typeof document === "undefined") return Promise.resolve(false);
  const url = URL.createObjectURL(file);
  const video = document.createElement("video");
  return new Promise<boolean>((resolve) => {
    video.addEventListener("loadedmetadata", () => resolve(video.videoWidth > 0), { once: true });
    video.addEventListener("error", () => resolve(false), { once: true });
    setTimeout(() => resolve(false), PATIENCE_MS);
    video.preload = "metadata";
    video.src = url;
  }).finally(() => {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(url);
  });
}
