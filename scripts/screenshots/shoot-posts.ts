import type { Page } from "playwright-core";
import { choosePlatforms, composePost, connectPlatforms, openProduct } from "./demo-app.ts";
import { REELS } from "./scenes.ts";
import { shoot } from "./shoot.ts";

/** One video that is out, one that is planned, one that is being written, and several at once. */
export async function shootPosts(page: Page, webUrl: string): Promise<void> {
  await connectPlatforms(page, webUrl);
  await page.getByText(/ connected$/).first().waitFor({ state: "detached" });
  await shoot(page, "accounts-settings", 1140);
  const dialog = page.getByRole("dialog");
  const [kettle, organizer] = [REELS[0]!, REELS[1]!];
  const at = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

  await openProduct(page, webUrl, organizer.asin);
  await composePost(page, organizer.fileName, {
    caption: "One drawer, ten minutes, no more digging for the whisk.",
    hashtags: "#kitchen #organizing",
    platforms: ["YouTube", "Instagram"],
    time: `${at}T18:30`,
  });
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await dialog.getByText("Scheduled", { exact: true }).first().waitFor();
  await page.keyboard.press("Escape");

  await openProduct(page, webUrl, kettle.asin);
  await composePost(page, kettle.fileName, {
    caption: "To the degree: why a gooseneck changes your pour-over.",
    hashtags: "#coffee #pourover #kettle",
    platforms: ["YouTube", "Instagram", "TikTok", "Facebook"],
  });
  await dialog.getByLabel("Caption", { exact: true }).focus();
  await shoot(page, "publish");
  await dialog.getByRole("button", { name: "Publish now" }).click();
  for (const platform of ["YouTube", "Instagram", "TikTok", "Facebook"]) {
    await dialog.getByRole("link", { name: `Open on ${platform}` }).waitFor({ timeout: 180_000 });
  }
  await page.keyboard.press("Escape");
  await shootBulk(page, webUrl);
  await page.goto(`${webUrl}/posts`);
  await page.getByRole("list", { name: "Posts", exact: true }).waitFor();
  await shoot(page, "posts");
  await page.goto(`${webUrl}/notifications`);
  await page.getByRole("link", { name: /^Published on/ }).first().waitFor();
  await shoot(page, "notifications");
}

/** Three videos spread over the posting slots of a week. */
async function shootBulk(page: Page, webUrl: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await page.goto(`${webUrl}/settings/slots`);
  await page.getByRole("button", { name: "Add 5 slots" }).click();
  await page.getByRole("button", { name: "Remove Friday at 18:00" }).waitFor();
  await shoot(page, "slots");
  await page.goto(`${webUrl}/videos`);
  for (const { fileName } of REELS) {
    await page.getByRole("listitem").filter({ hasText: fileName }).getByRole("checkbox").press("Space");
  }
  await page.getByRole("button", { name: `Publish ${REELS.length} videos` }).click();
  await choosePlatforms(page, ["YouTube", "Instagram", "Facebook"]);
  await dialog.getByLabel("Caption", { exact: true }).fill("{title}: what I like after a month. {link}");
  await dialog.getByRole("radio", { name: "In my slots" }).click();
  await dialog.getByRole("table").getByText(/ at 18:00$/).first().waitFor();
  await dialog.getByRole("table").scrollIntoViewIfNeeded();
  await shoot(page, "publish-many");
  await dialog.getByRole("button", { name: `Schedule ${REELS.length} videos` }).click();
  await page.waitForURL(/\/bulks\//);
  await page.getByText("Planned", { exact: true }).waitFor();
  await shoot(page, "bulk");
}
