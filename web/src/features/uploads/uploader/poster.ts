/** A frame of a video and its measures. */
export interface VideoPoster {
  /** JPEG, at most 640 px wide. */
  readonly blob: Blob;
  /** Of the video itself, pixels. */
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
}

const MAX_WIDTH = 640;
const JPEG_QUALITY = 0.82;
const PATIENCE_MS = 20_000;

/**
 * Takes a frame at one second, or at a tenth of a shorter video, with the browser's own decoder.
 * @returns null when the browser cannot decode the file or takes longer than 20 s; never rejects
 */
export async function makePoster(file: Blob): Promise<VideoPoster | null> {
  if (typeof document === "undefined") return null;
  const url = URL.createObjectURL(file);
  const video = document.createElement("video");
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    video.muted = true;
    video.playsInline = true;
    video.preload = "auto";
    video.src = url;
    await happens(video, "loadedmetadata", patience);
    const { videoWidth: width, videoHeight: height, duration } = video;
    if (!width || !height || !Number.isFinite(duration)) return null;
    const isSeen = happens(video, "seeked", patience);
    video.currentTime = Math.min(1, duration / 10);
    await isSeen;
    const blob = await drawFrame(video, width, height);
    return blob && { blob, width, height, durationMs: Math.round(duration * 1000) };
  } catch {
    return null;
  } finally {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(url);
  }
}

function happens(
  video: HTMLVideoElement,
  event: "loadedmetadata" | "seeked",
  patience: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener("error", () => reject(video.error), { once: true });
    patience.addEventListener("abort", () => reject(patience.reason), { once: true });
  });
}

function drawFrame(video: HTMLVideoElement, width: number, height: number): Promise<Blob | null> {
  const scale = Math.min(1, MAX_WIDTH / width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const paper = canvas.getContext("2d");
  if (!paper) return Promise.resolve(null);
  paper.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
}
