import { join } from "node:path";
import { claimPort } from "../processes/ports.ts";
import { refuseSecond } from "../processes/stack-lock.ts";
import type { StackSettings } from "../settings.ts";
import type { RunningStack } from "../start-stack.ts";
import { startWeb } from "../start-web.ts";
import { runReset } from "./run-reset.ts";
import { runUp } from "./run-up.ts";

/** `npm start`: the stack, the sandbox and the web app in the foreground, with what one needs to begin. */
export async function runStart(settings: StackSettings, options: { readonly reset: boolean }): Promise<void> {
  if (options.reset) await runReset(settings);
  await refuseSecond(settings.dataDir);
  await claimPort(settings.webPort, "STACK_WEB_PORT", console.log);
  const startedAt = performance.now();
  console.log("Starting Cliprelay …");
  await runUp(settings, async (stack) => {
    const web = await startWeb(stack.context);
    if (web) stack.stopFirst(() => web.stop());
    console.log(await describe(stack, settings, web !== null, performance.now() - startedAt));
  });
}

async function describe(
  stack: RunningStack,
  settings: StackSettings,
  hasWeb: boolean,
  tookMs: number,
): Promise<string> {
  const login = await readDemoLogin(settings.supabaseDir);
  const lines: [string, string | null][] = [
    ["Web app", hasWeb ? settings.webUrl : null],
    ["Demo login", login],
    ["Mailbox", settings.mailUrl],
    ["API", settings.apiUrl],
    ["Database", stack.environment.DB_URL ?? null],
    ["Sandbox", settings.sandboxUrl],
    ["Logs", stack.context.logsDir],
  ];
  const table = lines.filter(([, value]) => value).map(([name, value]) => `  ${name.padEnd(11)} ${value}`);
  return [
    "",
    `Cliprelay is ready after ${(tookMs / 1000).toFixed(1)} s. Ctrl-C stops everything; data stays.`,
    "",
    ...table,
    "",
  ].join("\n");
}

/** The seed names the demo account in its first comment. */
async function readDemoLogin(supabaseDir: string): Promise<string | null> {
  const seed = await Deno.readTextFile(join(supabaseDir, "seed.sql")).catch(() => "");
  const [, email, password] = /Demo account[^\n]*?:\s*(\S+@\S+) \/ (\S+?)[.,]?(?:\s|$)/.exec(seed) ?? [];
  return email ? `${email} / ${password}` : null;
}
