/** What a process has used so far, as the kernel counts it. Each call costs about 10 µs. */
export interface ProcessUsage {
  /** User and system time of all its threads in milliseconds, in steps of 10; null when it is gone. */
  readCpuMs(): number | null;
  /**
   * The most memory it has held since the last `resetPeak`, in bytes; null when it is gone. Counts heap,
   * buffers and wasm memory but not the pages of the program file, which a hosted worker shares with all
   * others: the peak of the resident set without what is mapped from files. A bare Deno holds 11 MB of it.
   */
  readPeakBytes(): number | null;
  resetPeak(): void;
}

/** The unit of times in /proc, fixed for user space on every Linux. */
const MS_PER_TICK = 10;
/** Written to clear_refs, it sets the peak back to what is held now (proc_pid_clear_refs(5)). */
const RESET_PEAK = "5";

/** Watches a process; null when it is gone, or where the system has no /proc to read it from (macOS, Windows). */
export function openProcessUsage(pid: number): ProcessUsage | null {
  const dir = `/proc/${pid}`;
  if (Deno.build.os !== "linux" || read(`${dir}/stat`) === null) return null;
  return {
    readCpuMs() {
      // The second field is the program's name in parentheses and may contain anything.
      const fields = read(`${dir}/stat`)?.split(") ").at(-1)?.split(" ");
      return fields ? (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK : null;
    },
    readPeakBytes() {
      const status = read(`${dir}/status`) ?? "";
      const [peak, mapped] = ["VmHWM", "RssFile"].map((name) =>
        new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]
      );
      return peak && mapped ? (Number(peak) - Number(mapped)) * 1024 : null;
    },
    resetPeak: () =>
      attempt(() => Deno.writeTextFileSync(`${dir}/clear_refs`, RESET_PEAK, { create: false })),
  };
}

function read(path: string): string | null {
  return attempt(() => Deno.readTextFileSync(path));
}

/** Null when the process is gone, or the kernel does not show it to us. */
function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch (error) {
    const code = (error as { code?: string }).code;
    const isRefused = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied;
    if (isRefused || code === "ESRCH") return null;
    throw error;
  }
}
