import { dirname, join } from "node:path";
import { eventually } from "./eventually.ts";
import type { StackOptions, TestStack } from "./stack.ts";

/** Commands of a stack that is not ours, named in its env file. */
const KILL_COMMAND = "KILL_FUNCTIONS_COMMAND";

/**
 * A stack somebody else has started, named by TEST_STACK_ENV: the path of a file with what `npm run stack -- env`
 * prints. Beside it lie `secrets.json` and `logs`. It is not stopped.
 * @throws Error for a test that wants a stack of its own kind
 */
export async function useStack(envPath: string, options: StackOptions): Promise<TestStack> {
  const own = ["command", "supabaseDir", "dataDir", "env"] as const;
  const wish = own.find((name) => options[name] !== undefined);
  if (wish) {
    throw new Error(`This test is about the embedded stack (${wish}); run it without TEST_STACK_ENV.`);
  }
  const env = parseEnv(await Deno.readTextFile(envPath));
  const dataDir = dirname(envPath);
  const pids = async () => JSON.parse(await Deno.readTextFile(join(dataDir, "pids.json")));
  const command = env[KILL_COMMAND];
  return {
    env,
    dataDir,
    pids,
    output: () => "",
    killFunction: (name) =>
      command ? killByCommand(command, `${env.API_URL}/functions/v1/${name}`) : killByPid(pids, name),
    stop: () => Promise.resolve(),
    signal: () => Promise.reject(new Error("A stack that is not ours gets no signals.")),
  };
}

/** Kills the process of a function and waits until the stack has started another one. */
export async function killByPid(pids: TestStack["pids"], name: string): Promise<void> {
  const key = `functions/${name}`;
  const before = (await pids())[key]!;
  Deno.kill(before, "SIGKILL");
  await eventually(`another ${name} process`, async () => {
    const now = (await pids())[key];
    return now !== undefined && now !== before;
  }, 20_000);
}

async function killByCommand(command: string, url: string): Promise<void> {
  const { success } = await new Deno.Command("sh", { args: ["-c", command] }).output();
  if (!success) throw new Error(`${command} failed.`);
  await eventually(`${url} to answer again`, async () => {
    const response = await fetch(`${url}/openapi.json`);
    await response.body?.cancel();
    return response.ok;
  }, 60_000);
}

/** The values of `NAME=value` lines. */
export function parseEnv(text: string): Record<string, string> {
  return Object.fromEntries(
    text.trim().split("\n").map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
