import { isForeignFile } from "../../kit/foreign-file.ts";
import type { Kit } from "../../kit/provider.ts";
import { readVideoFacts, type VideoFacts } from "../../kit/video-facts.ts";
import { readSwitch } from "../read-switch.ts";
import type { Container } from "./container.ts";

/** Largest video, bytes. */
export const MAX_BYTES = 300 * 1024 * 1024;
const MIN_DURATION_MS = 3_000;
const MAX_DURATION_MS = 15 * 60 * 1000;
const MAX_WIDTH = 1_920;
const CODECS = ["H264", "HEVC"];

export interface Objection {
  subcode: number;
  message: string;
}

/**
 * What Instagram has against a video; null for one it takes. Files nobody can read pass unless the setting
 * `check_video` asks for more, like the frame rate.
 */
export async function inspectVideo(kit: Kit, container: Container): Promise<Objection | null> {
  const forced = readSwitch(kit, container.host, "failure_subcode");
  if (forced !== null) return { subcode: forced, message: "The sandbox was told to." };
  if (container.received > MAX_BYTES) return { subcode: 2207082, message: "The file is too large." };
  const path = kit.blobs.path(container.blob);
  if (container.received === 0 || await isForeignFile(path)) return unsupported("The file is no video.");
  const isStrict = readSwitch(kit, container.host, "check_video") === true;
  const facts = await readVideoFacts(path);
  if (facts === null) return isStrict ? unsupported("The file cannot be read.") : null;
  if (container.thumbOffsetMs >= facts.duration && container.thumbOffsetMs > 0) {
    return { subcode: 2207057, message: "thumb_offset is out of range." };
  }
  return inspectFacts(facts, isStrict);
}

function inspectFacts(facts: VideoFacts, isStrict: boolean): Objection | null {
  const { duration, width, fourCC, frameRate } = facts;
  if (duration < MIN_DURATION_MS || duration > MAX_DURATION_MS) {
    return unsupported("The video must last 3 seconds to 15 minutes.");
  }
  if (width > MAX_WIDTH) return unsupported("The video has more than 1920 columns.");
  if (fourCC !== undefined && !CODECS.includes(fourCC)) {
    return unsupported("The codec is neither H.264 nor HEVC.");
  }
  const isOddRate = frameRate !== undefined && (frameRate < 23 || frameRate > 60);
  return isStrict && isOddRate ? unsupported("The frame rate is not between 23 and 60.") : null;
}

function unsupported(message: string): Objection {
  return { subcode: 2207026, message };
}
