import { canUseApt } from "./can-use-apt.ts";
import { installMissing } from "./install-missing.ts";

/**
 * Installs the Debian package of ffmpeg when there is none on PATH: the sandbox's transcoder and the tests of video
 * formats work with it.
 *
 * @throws Error with the one command that helps when the installation fails.
 */
export async function ensureFfmpeg(): Promise<void> {
  if (await hasFfmpeg()) return;
  const commands = [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "ffmpeg"]];
  const hint = "The tests of video formats need ffmpeg on PATH. Install it, for example with " +
    "`apt-get install ffmpeg` or `brew install ffmpeg`.";
  if (!await canUseApt()) throw new Error(hint);
  await installMissing("ffmpeg", commands, (command) => `\`${command}\` failed. ${hint}`);
}

async function hasFfmpeg(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command("ffmpeg", {
      args: ["-version"],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
