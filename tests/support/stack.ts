import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyStackTemplate } from "./stack-template.ts";
import { killByPid, parseEnv, useStack } from "./use-stack.ts";
import { readViolations } from "./read-violations.ts";

const REPO_DIR = fileURLToPath(new URL("../..", import.meta.url));
/** A busy machine takes its time. */
const START_TIMEOUT_MS = 180_000;

export interface StackOptions {
  /** Default `up`. */
  readonly command?: "up" | "start";
  /**
   * First port of the range to use: API +0, database +1, mail +2, web +3, sandbox from +10 to +40. Best below
   * 32768, from where on the system takes client ends of connections, which block a port for a minute.
   */
  readonly basePort: number;
  /** Default: a new temporary directory, removed by `stop`. */
  readonly dataDir?: string;
  /** Folder with config.toml, migrations and functions; default: the product's own. */
  readonly supabaseDir?: string;
  /** Further variables of the stack's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** For tests of the meter: functions may pass the limits of the hosted runtime. Default: `stop` throws then. */
  readonly allowsViolations?: boolean;
}

export interface TestStack {
  /** What `npm run stack -- env` prints. */
  readonly env: Readonly<Record<string, string>>;
  readonly dataDir: string;
  /** Everything the stack has printed so far. */
  output(): string;
  /** Pids of the stack's processes by name, for example `functions/onedrive`. */
  pids(): Promise<Record<string, number>>;
  /** Kills the process of a function in the middle of whatever it does; another one is up afterwards. */
  killFunction(name: string): Promise<void>;
  /** Stops the stack; a temporary data directory is removed. Throws if a function passed a hosted limit. */
  stop(): Promise<void>;
  /** Sends a signal to the stack's own process and waits for its end. */
  signal(signal: Deno.Signal): Promise<Deno.CommandStatus>;
}

/** The outcome of a stack that ended by itself. */
export interface StackFailure {
  readonly code: number;
  readonly output: string;
}

/**
 * Starts a stack of its own for a test and waits until it is ready. Throws with its output if it fails. Where
 * TEST_STACK_ENV names a running stack, that one is used instead.
 */
export async function startStack(options: StackOptions): Promise<TestStack> {
  const external = Deno.env.get("TEST_STACK_ENV");
  if (external) return await useStack(external, options);
  const temporary = options.dataDir === undefined;
  const dataDir = options.dataDir ?? await Deno.makeTempDir({ prefix: "stack-" });
  if (temporary && !options.supabaseDir) await copyStackTemplate(dataDir, (dir) => startOnce(options, dir));
  const process = await startReady(options, dataDir);
  const pids = async () => JSON.parse(await Deno.readTextFile(join(dataDir, "pids.json")));
  return {
    env: parseEnv(await Deno.readTextFile(join(dataDir, "env"))),
    dataDir,
    output: process.output,
    pids,
    killFunction: (name) => killByPid(pids, name),
    async stop() {
      process.kill("SIGTERM");
      await process.ended;
      const violations = options.allowsViolations ? [] : await readViolations(dataDir);
      if (temporary) await Deno.remove(dataDir, { recursive: true });
      if (violations.length > 0) throw new Error(`Functions passed hosted limits:\n${violations.join("\n")}`);
    },
    async signal(signal) {
      process.kill(signal);
      return await process.ended;
    },
  };
}

async function startOnce({ basePort }: StackOptions, dataDir: string): Promise<void> {
  const process = await startReady({ basePort }, dataDir);
  process.kill("SIGTERM");
  await process.ended;
}

async function startReady(options: StackOptions, dataDir: string) {
  const process = spawn(options, dataDir);
  const ready = await Promise.race([
    pollHealth(options.basePort, join(dataDir, "env")),
    process.ended.then(() => false),
  ]);
  if (ready) return process;
  process.kill("SIGTERM");
  await process.ended;
  throw new Error(`The stack did not start:\n${process.output()}`);
}

/** Runs `up` where it is expected to fail, and tells how. */
export async function startFailingStack(options: StackOptions): Promise<StackFailure> {
  const dataDir = options.dataDir ?? await Deno.makeTempDir({ prefix: "stack-" });
  const process = spawn(options, dataDir);
  const { code } = await process.ended;
  if (options.dataDir === undefined) await Deno.remove(dataDir, { recursive: true });
  return { code, output: process.output() };
}

/** Runs another command of the stack, for example `env`. */
export async function runStackCommand(options: StackOptions, ...args: string[]): Promise<StackFailure> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(REPO_DIR, "stack", "main.ts"), ...args],
    env: environment(options, options.dataDir ?? ""),
  }).output();
  return { code, output: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

function spawn(options: StackOptions, dataDir: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(REPO_DIR, "stack", "main.ts"), options.command ?? "up"],
    env: environment(options, dataDir),
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  const collect = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) output += text;
  };
  const streams = Promise.all([collect(child.stdout), collect(child.stderr)]);
  let alive = true;
  const ended = child.status.then(async (status) => {
    alive = false;
    await streams;
    return status;
  });
  return { ended, output: () => output, kill: (signal: Deno.Signal) => alive && child.kill(signal) };
}

function environment(options: StackOptions, dataDir: string): Record<string, string> {
  const port = (offset: number) => String(options.basePort + offset);
  return {
    STACK_API_PORT: port(0),
    STACK_DB_PORT: port(1),
    STACK_MAIL_PORT: port(2),
    STACK_WEB_PORT: port(3),
    STACK_SANDBOX_PORT: port(10),
    STACK_DATA_DIR: dataDir,
    ...(options.supabaseDir ? { STACK_SUPABASE_DIR: options.supabaseDir } : {}),
    ...options.env,
  };
}

/** Another stack may answer at the same port: ours has written its environment before it is ready. */
async function pollHealth(port: number, envPath: string): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const status = await fetch(`http://127.0.0.1:${port}/auth/v1/health`)
      .then(async (response) => (await response.body?.cancel(), response.status), () => 0);
    if (status === 200 && await Deno.stat(envPath).then(() => true, () => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
