import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { findChromium } from "../../scripts/find-chromium.ts";

const HEADLESS_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts the real Chromium of this machine, headless, with an empty profile. Its pages prefer reduced motion: without
 * a graphics card every picture of a spinner is drawn by the processor that the tests need.
 * @throws Error with the one command that installs a browser when none is found.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await findChromium();
  if (!executablePath) {
    throw new Error(
      "No Chromium found. Install one with `npx playwright-core install chromium` " +
        "(on Debian as root: `apt-get install -y chromium`), or set CHROMIUM_PATH.",
    );
  }
  const browser = await chromium.launch({
    ...options,
    executablePath,
    args: [...HEADLESS_ARGUMENTS, ...(options.args ?? [])],
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = (look) => newContext({ reducedMotion: "reduce", ...look });
  return browser;
}
