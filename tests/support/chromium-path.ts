import { chromium } from "playwright-core";

const KNOWN_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Path of a Chromium to test with: CHROMIUM_PATH, a system package, or the one Playwright installed.
 * @throws Error naming the one command that installs it.
 */
export async function resolveChromium(): Promise<string> {
  const candidates = [Deno.env.get("CHROMIUM_PATH"), ...KNOWN_PATHS, chromium.executablePath()];
  for (const path of candidates) {
    if (path && await isFile(path)) return path;
  }
  throw new Error(
    "No Chromium found. Install one with `npx playwright-core install chromium` " +
      "(on Debian as root: `apt-get install -y chromium`), or set CHROMIUM_PATH.",
  );
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
