import { wrapWithSetpriv } from "./wrap-with-setpriv.ts";
import type { OsUser } from "./wrap-with-setpriv.ts";

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the child; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Everything the child prints is appended here. */
  readonly logPath: string;
  /** Signal that asks the child to stop. Also sent by the kernel when this process dies. */
  readonly stopSignal: "SIGTERM" | "SIGINT";
  /** Run as this user instead of ours (only root can). */
  readonly user?: OsUser;
  /** Called with each line the child prints on standard output. */
  readonly onLine?: (line: string) => void;
}

export interface RunningProcess {
  readonly pid: number;
  /** Settles when the process is gone and its output is written. */
  readonly ended: Promise<Deno.CommandStatus>;
  /** Asks the process to stop, kills it after `graceMs` (with 0 at once), and waits until it is gone. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts a child in a process group of its own, so that Ctrl-C in the terminal reaches only us and we decide
 * the order in which children stop.
 */
export async function spawnProcess(options: ProcessOptions): Promise<RunningProcess> {
  const [command, ...args] = await wrapWithSetpriv([options.command, ...options.args], {
    deathSignal: options.stopSignal,
    user: options.user,
  });
  const log = await Deno.open(options.logPath, { create: true, append: true });
  const child = new Deno.Command(command!, {
    args,
    cwd: options.cwd,
    env: { ...options.env },
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
  const output = [
    drain(child.stdout, log, options.onLine),
    drain(child.stderr, log),
  ];
  let alive = true;
  const ended = (async () => {
    const status = await child.status;
    alive = false;
    await Promise.all(output);
    log.close();
    return status;
  })();

  return {
    pid: child.pid,
    ended,
    async stop(graceMs) {
      if (!alive) return;
      signal(child, graceMs > 0 ? options.stopSignal : "SIGKILL");
      const timer = setTimeout(() => alive && signal(child, "SIGKILL"), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

function signal(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch (error) {
    // It has just ended by itself; its status is on the way.
    if (!(error instanceof TypeError)) throw error;
  }
}

async function drain(
  stream: ReadableStream<Uint8Array>,
  log: Deno.FsFile,
  onLine?: (line: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    await writeAll(log, chunk);
    if (!onLine) continue;
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += await file.write(bytes.subarray(written));
}
