/** What the first bytes of a file tell: the name of a container we cannot read, something else, or nothing. */
export type Sniffed = { kind: "video"; container: string } | { kind: "not_video" } | { kind: "unknown" };

const latin = new TextDecoder("latin1");
const OTHER_FILES = [
  "\x89PNG",
  "\xff\xd8\xff",
  "GIF8",
  "BM",
  "%PDF-",
  "PK\x03\x04",
  "\x1f\x8b",
  "7z\xbc\xaf\x27\x1c",
  "Rar!",
  "\x7fELF",
  "MZ",
  "ID3",
];
const OTHER_VIDEOS: readonly (readonly [string, string])[] = [
  ["\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media"],
  ["FLV\x01", "FLV"],
  ["\x00\x00\x01\xba", "MPEG"],
  ["\x00\x00\x01\xb3", "MPEG"],
  ["OggS", "Ogg"],
];

/** Judges by the first 64 bytes or so. */
export function sniffFile(head: Uint8Array): Sniffed {
  const text = latin.decode(head);
  if (text.startsWith("RIFF")) {
    return text.slice(8, 12) === "AVI " ? { kind: "video", container: "AVI" } : { kind: "not_video" };
  }
  const video = OTHER_VIDEOS.find(([magic]) => text.startsWith(magic));
  if (video) return { kind: "video", container: video[1] };
  const isPage = /^(\xef\xbb\xbf)?\s*(<!doctype|<html|<\?xml|<svg|\{\s*")/i.test(text);
  return isPage || OTHER_FILES.some((magic) => text.startsWith(magic))
    ? { kind: "not_video" }
    : { kind: "unknown" };
}
