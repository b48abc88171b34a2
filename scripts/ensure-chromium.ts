import { canUseApt } from "./can-use-apt.ts";
import { findChromium } from "./find-chromium.ts";

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
  for (const [command = "", ...args] of commands) {
    console.log(`No Chromium found, running: ${command} ${args.join(" ")}`);
    const { success } = await new Deno.Command(command, {
      args,
      env: { DEBIAN_FRONTEND: "noninteractive" },
      stdout: "null",
    }).output();
    if (!success) {
      throw new Error(
        `The browser tests need Chromium and \`${[command, ...args].join(" ")}\` failed. ` +
          "Run it by hand, or set CHROMIUM_PATH to an installed Chromium.",
      );
    }
  }
}
