import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const DEMO = { email: "demo@cliprelay.test", password: "cliprelay-demo" };

export const DESKTOP: BrowserContextOptions = {
  viewport: { width: 1280, height: 820 },
  colorScheme: "light",
};
export const DARK: BrowserContextOptions = { ...DESKTOP, colorScheme: "dark" };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** A page of a new visitor who has signed in as the demo account. */
export async function signIn(browser: Browser, webUrl: string, look: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  await page.goto(`${webUrl}/sign-in`);
  await page.getByLabel("E-mail").fill(DEMO.email);
  await page.getByLabel("Password", { exact: true }).fill(DEMO.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${webUrl}/`);
  return page;
}

/** Connects the sandbox's OneDrive, unless an account is connected already. */
export async function connectOnedrive(page: Page, webUrl: string): Promise<void> {
  await page.goto(`${webUrl}/settings/onedrive`);
  const connect = page.getByRole("button", { name: "Connect OneDrive" });
  const disconnect = page.getByRole("button", { name: "Disconnect" });
  await connect.or(disconnect).waitFor();
  if (await disconnect.isVisible()) return;
  const opened = page.waitForEvent("popup");
  await connect.click();
  const consent = await opened;
  await consent.getByLabel("Account name").fill("demo");
  await consent.getByRole("button", { name: "Accept" }).click();
  await disconnect.waitFor();
}

/** Opens the page of the product with this ASIN. */
export async function openProduct(page: Page, webUrl: string, asin: string): Promise<void> {
  await page.goto(`${webUrl}/products?q=${asin}`);
  await page.getByRole("main").getByRole("listitem").filter({ hasText: asin }).getByRole("link").click();
  await page.getByRole("heading", { name: "Videos" }).waitFor();
}

/** Uploads a file to the open product and waits until the gallery shows its poster. */
export async function uploadTo(page: Page, fileName: string, path: string): Promise<void> {
  await page.getByLabel("Videos to upload").setInputFiles(path);
  const card = page.getByRole("button", { name: `Play ${fileName}` });
  await card.locator("img").waitFor({ timeout: 120_000 });
}

/** Connects an account of every platform, unless that was done before. */
export async function connectPlatforms(page: Page, webUrl: string): Promise<void> {
  await page.goto(`${webUrl}/settings/accounts`);
  for (
    const [platform, button] of [
      ["YouTube", "Connect YouTube"],
      ["Instagram", "Connect with Facebook"],
      ["Facebook", "Connect Facebook"],
      ["TikTok", "Connect with TikTok"],
    ]
  ) {
    const accounts = page.getByRole("list", { name: `${platform} accounts` });
    const connect = page.getByRole("button", { name: button });
    await accounts.or(connect).first().waitFor();
    if (await accounts.isVisible()) continue;
    const opened = page.waitForEvent("popup");
    await connect.click();
    const consent = await opened;
    await consent.getByLabel("Account name").fill("demo");
    await consent.getByRole("button", { name: /Allow|Continue/ }).click();
    await accounts.waitFor();
  }
}

/** Leaves only accounts of these platforms chosen in the open form. */
export async function choosePlatforms(page: Page, platforms: readonly string[]): Promise<void> {
  const group = page.getByRole("dialog").getByRole("group", { name: "Post to" });
  for (const card of await group.locator("label").all()) {
    const text = await card.innerText();
    const isWanted = platforms.some((platform) => text.includes(platform));
    if (await card.getByRole("checkbox").isChecked() !== isWanted) await card.click();
  }
  if (platforms.includes("TikTok")) {
    await page.getByRole("dialog").getByRole("combobox", { name: "Who can see it" }).last()
      .selectOption("Everyone");
  }
}

/** Opens the form that publishes a video of the open product, and fills it in; `time` is a local one. */
export async function composePost(
  page: Page,
  fileName: string,
  { caption, hashtags, platforms, time }: {
    caption: string;
    hashtags: string;
    platforms: readonly string[];
    time?: string;
  },
): Promise<void> {
  await page.getByRole("button", { name: `Publish ${fileName}` }).click();
  const dialog = page.getByRole("dialog");
  await choosePlatforms(page, platforms);
  await dialog.getByLabel("Caption", { exact: true }).fill(caption);
  await dialog.getByLabel(/^Hashtags/).first().fill(hashtags);
  if (time) {
    await dialog.getByRole("radio", { name: "At a time" }).click();
    await dialog.getByLabel("Day and time").fill(time);
  }
  await dialog.getByText(/The file fits YouTube|takes this file/).first().waitFor();
}

/** Slows this page's uploads down to a number of bytes a second. */
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
