import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { writePaddedVideo } from "../../tests/support/padded-video.ts";

const ASIN = "B0CRL7K2M1";
/** The name of the demo's accounts at the platforms. */
export const PERSON = "demo";
export const FILENAME = "reel.mp4";

/** Signs the demo account in, connects its accounts and uploads the file; ends on the product's page. */
export async function openPage(browser: Browser, webUrl: string, fileBytes: number): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await page.goto(`${webUrl}/sign-in`);
  await page.getByLabel("E-mail").fill("demo@cliprelay.test");
  await page.getByLabel("Password", { exact: true }).fill("cliprelay-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
  await page.goto(`${webUrl}/settings/onedrive`);
  await connect(page, "Connect OneDrive");
  await page.goto(`${webUrl}/settings/accounts`);
  await connect(page, "Connect YouTube", "YouTube accounts");
  await connect(page, "Connect with Facebook", "Instagram accounts");
  await page.goto(`${webUrl}/products?q=${ASIN}`);
  await page.getByRole("main").getByRole("listitem").filter({ hasText: ASIN }).getByRole("link").click();
  const dir = await Deno.makeTempDir({ prefix: "bench-publish-" });
  try {
    await writePaddedVideo(join(dir, FILENAME), fileBytes, 1, "reel");
    await page.getByLabel("Videos to upload").setInputFiles(join(dir, FILENAME));
    await page.getByRole("button", { name: `Publish ${FILENAME}` }).waitFor({ timeout: 120_000 });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
  return page;
}

/** Agrees on a service's consent page as a person would; `list` names where the account then is. */
async function connect(page: Page, button: string, list?: string): Promise<void> {
  const opened = page.waitForEvent("popup");
  await page.getByRole("button", { name: button }).first().click();
  const consent = await opened;
  await consent.getByLabel("Account name").fill(PERSON);
  await consent.getByRole("button", { name: /Accept|Allow|Continue/ }).click();
  const place = list ? page.getByRole("list", { name: list }) : page;
  await place.getByText("Connected", { exact: true }).first().waitFor();
}
