const VIDEO_CODECS: Readonly<Record<string, string>> = {
  avc: "H.264",
  hevc: "HEVC",
  vp8: "VP8",
  vp9: "VP9",
  av1: "AV1",
  prores: "ProRes",
  mp4v: "MPEG-4",
  jpeg: "Motion JPEG",
  "V_MPEG4/ISO/ASP": "MPEG-4",
  V_THEORA: "Theora",
};
const AUDIO_CODECS: Readonly<Record<string, string>> = {
  aac: "AAC",
  opus: "Opus",
  mp3: "MP3",
  vorbis: "Vorbis",
  flac: "FLAC",
  ac3: "AC-3",
  eac3: "E-AC-3",
  dts: "DTS",
};
/** Rule: ITU-T H.264 Annex A; `avc1.PPCCLL`. */
const AVC_PROFILES: Readonly<Record<number, string>> = {
  66: "Baseline",
  77: "Main",
  88: "Extended",
  100: "High",
  110: "High 10",
  122: "High 4:2:2",
  244: "High 4:4:4 Predictive",
  44: "CAVLC 4:4:4 Intra",
};
/** Rule: ITU-T H.265 Annex A; `hvc1.P.…`. */
const HEVC_PROFILES: Readonly<Record<number, string>> = { 1: "Main", 2: "Main 10", 4: "Range Extensions" };
const MAX_NAME = 40;

/** A codec in words, the container's own name for one nobody knows; null when there is none. */
export function nameVideoCodec(codec: string | null, internal: unknown): string | null {
  return VIDEO_CODECS[codec ?? ""] ?? nameInternal(VIDEO_CODECS, internal);
}

export function nameAudioCodec(codec: string | null, internal: unknown): string | null {
  if (codec?.startsWith("pcm-") || codec === "ulaw" || codec === "alaw") return "PCM";
  return AUDIO_CODECS[codec ?? ""] ?? nameInternal(AUDIO_CODECS, internal);
}

/** The profile of a codec string such as `avc1.64001f`; null for other codecs. */
export function nameProfile(parameters: string | null): string | null {
  const avc = /^avc[13]\.([0-9a-f]{2})/i.exec(parameters ?? "");
  if (avc) return AVC_PROFILES[parseInt(avc[1]!, 16)] ?? null;
  const hevc = /^(?:hvc1|hev1)\.[A-C]?(\d+)\./.exec(parameters ?? "");
  return hevc ? (HEVC_PROFILES[Number(hevc[1])] ?? null) : null;
}

function nameInternal(names: Readonly<Record<string, string>>, internal: unknown): string | null {
  if (typeof internal !== "string") return null;
  const name = internal.replace(/[^\x21-\x7e]/g, "").slice(0, MAX_NAME);
  return names[name] ?? (name || null);
}
