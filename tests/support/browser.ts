import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { resolveChromium } from "./chromium-path.ts";

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
 * Starts the real Chromium of this machine, headless, with an empty profile.
 * @throws Error with the one command that installs a browser when none is found.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return await chromium.launch({
    ...options,
    executablePath: await resolveChromium(),
    args: [...HEADLESS_ARGUMENTS, ...(options.args ?? [])],
  });
}
