import { join } from "node:path";
import type { Page } from "playwright-core";

/** Where the pictures go. */
export const IMAGES = "docs/images";

/**
 * Takes a picture of what is shown, once it has come to rest.
 * @param height of a window that is taller for this picture, in pixels
 */
export async function shoot(page: Page, name: string, height?: number): Promise<void> {
  const usual = page.viewportSize()!;
  if (height) await page.setViewportSize({ ...usual, height });
  await page.waitForLoadState("networkidle");
  // Fonts and the last fade-in settle within a frame or two of this.
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 400))));
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  if (height) await page.setViewportSize(usual);
  console.log(`${IMAGES}/${name}.png`);
}
