import { canUseApt } from "./can-use-apt.ts";
import { findChromium } from "./find-chromium.ts";
import { installMissing } from "./install-missing.ts";

/**
 * Installs a Chromium for the browser tests when there is none: the Debian package as root, Playwright's
 * build elsewhere.
 *
 * @throws Error with the one command that helps when the installation fails.
 */
export async function ensureChromium(): Promise<void> {
  if (await findChromium()) return;

  const commands = await canUseApt()
    ? [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]]
    : [[Deno.execPath(), "run", "-A", "npm:playwright-core", "install", "chromium"]];
  await installMissing(
    "Chromium",
    commands,
    (command) =>
      `The browser tests need Chromium and \`${command}\` failed. ` +
      "Run it by hand, or set CHROMIUM_PATH to an installed Chromium.",
  );
}
