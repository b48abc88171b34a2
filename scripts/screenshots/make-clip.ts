import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { Scene } from "./scenes.ts";

/**
 * Turns a drawn scene into a playable mp4: Chromium paints the still, ffmpeg makes it a video. Random bytes follow,
 * which players ignore.
 * @returns path of the file
 */
export async function makeClip(browser: Browser, scene: Scene, dir: string): Promise<string> {
  const still = join(dir, `${scene.fileName}.png`);
  const [width, height] = scene.isUpright ? [1080, 1920] : [1920, 1080];
  const page = await browser.newPage({ viewport: { width, height } });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice">${scene.drawing}</svg>`;
  await page.setContent(`<body style="margin:0">${svg}</body>`);
  await page.screenshot({ path: still });
  await page.close();

  const path = join(dir, scene.fileName);
  const input = [
    "-v",
    "error",
    "-y",
    "-loop",
    "1",
    "-framerate",
    String(scene.framesPerSecond ?? 2),
    "-t",
    String(scene.seconds),
    "-i",
    still,
  ];
  const output = [
    "-c:v",
    "libx264",
    "-pix_fmt",
    "yuv420p",
    "-preset",
    "ultrafast",
    "-movflags",
    "+faststart",
    path,
  ];
  const { success } = await new Deno.Command("ffmpeg", { args: [...input, ...output] }).output();
  if (!success) throw new Error("ffmpeg could not make the demo clips. On Debian: apt-get install -y ffmpeg");

  using file = await Deno.open(path, { append: true });
  const block = new Uint8Array(65_536);
  for (let left = scene.padBytes; left > 0; left -= block.length) {
    await file.write(crypto.getRandomValues(block).subarray(0, left));
  }
  return path;
}
