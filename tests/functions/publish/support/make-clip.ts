import { join } from "node:path";

export interface ClipOptions {
  /** Seconds of picture and sound. */
  seconds?: number;
  /** Size as ffmpeg writes it, such as 320x180. */
  size?: string;
  fps?: number;
  sound?: boolean;
  picture?: boolean;
  /** Further options of ffmpeg for the output: codecs, flags. */
  options?: readonly string[];
  /** Default `mp4`. */
  extension?: string;
}

/** Makes a small test clip with ffmpeg and returns its bytes. */
export async function makeClip(clip: ClipOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { seconds = 1, size = "320x180", fps = 30, sound = true, picture = true, options = [] } = clip;
  const folder = await Deno.makeTempDir({ prefix: "clip-" });
  const path = join(folder, `clip.${clip.extension ?? "mp4"}`);
  const inputs = [
    ...(picture ? ["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=${fps}:duration=${seconds}`] : []),
    ...(sound ? ["-f", "lavfi", "-i", `sine=frequency=440:sample_rate=48000:duration=${seconds}`] : []),
  ];
  try {
    const { success, stderr } = await new Deno.Command("ffmpeg", {
      args: ["-v", "error", "-y", ...inputs, "-pix_fmt", "yuv420p", ...options, path],
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return await Deno.readFile(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Options of an H.264 clip that is quick to make. */
export const H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"] as const;
