import type { Browser, Page } from "playwright-core";

/** A new browser context, signed in as the demo account of the seed. Console errors land in `problems`. */
export async function openAsDemo(
  browser: Browser,
  webUrl: string,
): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(`${webUrl}/sign-in`);
  await page.getByLabel("E-mail").fill("demo@cliprelay.test");
  await page.getByLabel("Password", { exact: true }).fill("cliprelay-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
  return { page, problems };
}

/** Connects the demo account to the OneDrive of `account`, through the consent page as a person would. */
export async function connectOnedrive(page: Page, webUrl: string, account: string): Promise<void> {
  await page.goto(`${webUrl}/settings/onedrive`);
  const popup = page.waitForEvent("popup", { timeout: 20_000 }).catch(() => null);
  await page.getByRole("button", { name: "Connect OneDrive" }).first().click();
  const consent = await popup ?? page;
  await consent.getByLabel("Account name").fill(account);
  await consent.getByRole("button", { name: "Accept" }).click();
  await page.getByText("Connected", { exact: true }).first().waitFor();
}

/** Slows or frees this page's uploads; bytes per second, or -1 for no limit. */
export async function limitUploadSpeed(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  });
}
