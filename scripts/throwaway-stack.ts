import { join } from "node:path";

const START_TIMEOUT_MS = 60_000;
const PORT_VARIABLES = ["STACK_API_PORT", "STACK_DB_PORT", "STACK_MAIL_PORT", "STACK_WEB_PORT"];
const SANDBOX_PORTS = 21;

/**
 * Runs `work` against a stack of its own: free ports, a new temporary data directory, removed afterwards.
 *
 * @param work gets what `npm run stack -- env` prints
 * @throws Error with the stack's output when it does not start
 */
export async function withThrowawayStack<Result>(
  work: (env: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const dataDir = await Deno.makeTempDir({ prefix: "cliprelay-" });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "stack/main.ts", "up"],
    env: { ...findPorts(), STACK_DATA_DIR: dataDir },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  const collect = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) output += text;
  };
  const ended = Promise.all([child.status, collect(child.stdout), collect(child.stderr)]);
  let isRunning = true;
  ended.then(() => isRunning = false);
  try {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!output.includes("Ready at ")) {
      if (!isRunning || Date.now() > deadline) throw new Error(`The stack did not start:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return await work(parseEnv(await Deno.readTextFile(join(dataDir, "env"))));
  } finally {
    if (isRunning) child.kill("SIGTERM");
    await ended;
    await Deno.remove(dataDir, { recursive: true });
  }
}

function findPorts(): Record<string, string> {
  const ports = Object.fromEntries(PORT_VARIABLES.map((name) => [name, String(freePort())]));
  return { ...ports, STACK_SANDBOX_PORT: String(freeRange(SANDBOX_PORTS)) };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** First of `length` consecutive free ports. */
function freeRange(length: number): number {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const listeners: Deno.Listener[] = [];
    try {
      for (let i = 0; i < length; i++) {
        listeners.push(Deno.listen({ hostname: "127.0.0.1", port: first + i }));
      }
      return first;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    } finally {
      for (const listener of listeners) listener.close();
    }
  }
  throw new Error(`No ${length} free ports in a row were found on 127.0.0.1.`);
}

function parseEnv(text: string): Record<string, string> {
  return Object.fromEntries(
    text.trim().split("\n").map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
