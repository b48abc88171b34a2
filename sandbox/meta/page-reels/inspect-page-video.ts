import { isForeignFile } from "../../kit/foreign-file.ts";
import type { Kit } from "../../kit/provider.ts";
import { readVideoFacts, type VideoFacts } from "../../kit/video-facts.ts";
import type { PageVideo, PhaseFailure } from "./page-video.ts";

const MIN_DURATION_MS = 3_000;
const MAX_DURATION_MS = 90_000;
const MIN_FPS = 24;
const MAX_FPS = 60;
const MIN_WIDTH = 540;
const MIN_HEIGHT = 960;
/** Width by height: 9:16 to 16:9, with room for odd numbers of pixels. */
const MIN_RATIO = 9 / 16 - 0.01;
const MAX_RATIO = 16 / 9 + 0.01;

const UNREADABLE = 1363024;
const RATIO: PhaseFailure = {
  code: 1363040,
  message: "The video you tried to upload has an aspect ratio that isn't supported on Facebook.",
};
const RESOLUTION: PhaseFailure = {
  code: 1363127,
  message: "Resolution too low. Video must have a minimum resolution of 540p.",
};
const DURATION: PhaseFailure = {
  code: 1363128,
  message: "The video you tried to upload has a duration that isn't supported for this product.",
};
const FRAME_RATE: PhaseFailure = {
  code: 1363129,
  message: "The video you tried to upload has an average frame rate that isn't supported for this product.",
};

/**
 * What Facebook has against a video as a Reel; null for one it takes. Files nobody can read pass unless the setting
 * `check_video` asks for more.
 */
export async function inspectPageVideo(kit: Kit, video: PageVideo): Promise<PhaseFailure | null> {
  const forced = kit.settings.get("meta", "reel_failure_code");
  if (forced !== null) return { code: forced, message: "The sandbox was told to." };
  const path = kit.blobs.path(video.blob);
  if (await isForeignFile(path)) return { code: UNREADABLE, message: "The file format is not supported." };
  const facts = await readVideoFacts(path);
  if (facts !== null) return inspectFacts(facts);
  const isStrict = kit.settings.get("meta", "check_video") === true;
  return isStrict ? { code: UNREADABLE, message: "The file cannot be read." } : null;
}

function inspectFacts({ duration, width, height, frameRate }: VideoFacts): PhaseFailure | null {
  if (duration < MIN_DURATION_MS || duration > MAX_DURATION_MS) return DURATION;
  if (frameRate !== undefined && (frameRate < MIN_FPS - 0.1 || frameRate > MAX_FPS + 0.1)) return FRAME_RATE;
  if (width === 0 || height === 0) return null;
  const ratio = width / height;
  if (ratio < MIN_RATIO || ratio > MAX_RATIO) return RATIO;
  const isSmall = Math.min(width, height) < MIN_WIDTH || Math.max(width, height) < MIN_HEIGHT;
  return isSmall ? RESOLUTION : null;
}
