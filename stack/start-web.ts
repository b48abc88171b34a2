import { join } from "node:path";
import { baseEnvironment } from "./environment.ts";
import { keepRunning } from "./processes/keep-running.ts";
import type { KeptService } from "./processes/keep-running.ts";
import { spawnProcess } from "./processes/spawn-process.ts";
import type { RunningProcess } from "./processes/spawn-process.ts";
import { waitUntil } from "./processes/wait-until.ts";
import type { StackContext } from "./stack-context.ts";
import { StackError } from "./stack-error.ts";

const START_TIMEOUT_MS = 60_000;

/** Starts the web app's development server, if this checkout has the app, and waits until it serves the page. */
export async function startWeb(context: StackContext): Promise<KeptService | null> {
  const { settings, registry, log } = context;
  const webDir = join(settings.repoDir, "web");
  if (!await Deno.stat(join(webDir, "index.html")).then(() => true, () => false)) return null;
  return await keepRunning({
    name: "web",
    start: () => startVite(context, webDir),
    stopGraceMs: 3_000,
    registry,
    log,
  });
}

async function startVite(
  { settings, secrets, logsDir }: StackContext,
  webDir: string,
): Promise<RunningProcess> {
  const port = String(settings.webPort);
  const vite = await spawnProcess({
    command: "node",
    args: [join(settings.repoDir, "node_modules", "vite", "bin", "vite.js"), "--port", port, "--strictPort"],
    env: {
      ...baseEnvironment(settings),
      VITE_SUPABASE_URL: settings.apiUrl,
      VITE_SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
      VITE_MAIL_URL: settings.mailUrl,
      STACK_WEB_PORT: port,
    },
    cwd: webDir,
    logPath: join(logsDir, "web.log"),
    stopSignal: "SIGTERM",
  });
  let alive = true;
  vite.ended.then(() => alive = false);
  const outcome = await waitUntil(async () => alive ? await answers(settings.webUrl) : "ended", {
    timeoutMs: START_TIMEOUT_MS,
    everyMs: 100,
  });
  if (outcome === true) return vite;
  await vite.stop(1_000);
  throw new StackError(`The web app did not start; its last words are in ${join(logsDir, "web.log")}.`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
