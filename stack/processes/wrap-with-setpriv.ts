export interface OsUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

interface WrapOptions {
  /** Sent to the child by the kernel when its parent dies, however it dies. */
  readonly deathSignal: "SIGTERM" | "SIGINT";
  readonly user?: OsUser;
}

/** Bit of CAP_DAC_READ_SEARCH in the capability masks of /proc/self/status. */
const CAP_DAC_READ_SEARCH = 1n << 2n;

let support: Promise<{ setpriv: string | null; canReadEverywhere: boolean }> | undefined;

/**
 * Puts `setpriv` (util-linux) in front of a command line. Where it does not exist (macOS) the command is
 * returned as it is, and a killed stack is cleaned up by the next start.
 *
 * A child that runs as another user keeps the right to read and search directories that belong to us: the
 * checkout may live below a directory only root can enter, such as /root or `mktemp -d`. `no_setuid_fixup`
 * makes access(2) honour that right too, which Postgres uses to find its own binaries.
 */
export async function wrapWithSetpriv(
  commandLine: readonly string[],
  options: WrapOptions,
): Promise<string[]> {
  support ??= detectSupport();
  const { setpriv, canReadEverywhere } = await support;
  if (!setpriv) return [...commandLine];
  const flags = ["--pdeathsig", options.deathSignal.replace("SIG", "")];
  if (options.user) {
    flags.push("--reuid", String(options.user.uid), "--regid", String(options.user.gid), "--clear-groups");
    if (canReadEverywhere) {
      flags.push("--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search");
      flags.push("--securebits", "+no_setuid_fixup");
    }
  }
  return [setpriv, ...flags, "--", ...commandLine];
}

async function detectSupport(): Promise<{ setpriv: string | null; canReadEverywhere: boolean }> {
  if (Deno.build.os !== "linux") return { setpriv: null, canReadEverywhere: false };
  for (const path of ["/usr/bin/setpriv", "/bin/setpriv"]) {
    try {
      const probe = await new Deno.Command(path, { args: ["--pdeathsig", "TERM", "--", "true"] }).output();
      if (probe.success) return { setpriv: path, canReadEverywhere: await hasReadCapability() };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return { setpriv: null, canReadEverywhere: false };
}

async function hasReadCapability(): Promise<boolean> {
  const status = await Deno.readTextFile("/proc/self/status");
  const mask = /^CapPrm:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return mask !== undefined && (BigInt(`0x${mask}`) & CAP_DAC_READ_SEARCH) !== 0n;
}
