import { launchBrowser } from "../../support/browser.ts";

/** Opens a page in a browser and plays the video on it; tells its width in pixels and whether it got on. */
export async function playVideo(url: string): Promise<{ width: number; isPlaying: boolean }> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return await page.locator("video").evaluate(async (element) => {
      const video = element as HTMLVideoElement;
      video.muted = true;
      await video.play();
      await new Promise((resolve) => video.addEventListener("timeupdate", resolve, { once: true }));
      return { width: video.videoWidth, isPlaying: video.currentTime > 0 };
    });
  } finally {
    await browser.close();
  }
}
