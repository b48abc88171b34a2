import { fileURLToPath } from "node:url";

const REPO_DIR = fileURLToPath(new URL("..", import.meta.url));
const VITE = "node_modules/vite/bin/vite.js";
const START_TIMEOUT_MS = 60_000;

export interface ServedWebApp {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Builds the web app for a running stack as it would be deployed, and serves the built files at the stack's WEB_URL.
 * Vite runs in Node, in processes of its own.
 * @param stackEnv what `npm run stack -- env` prints
 * @throws Error with Vite's output when the app does not build
 */
export async function serveWebApp(stackEnv: Readonly<Record<string, string>>): Promise<ServedWebApp> {
  const url = new URL(stackEnv.WEB_URL!);
  const outDir = await Deno.makeTempDir({ prefix: "cliprelay-web-" });
  const env = {
    VITE_SUPABASE_URL: stackEnv.API_URL!,
    VITE_SUPABASE_PUBLISHABLE_KEY: stackEnv.PUBLISHABLE_KEY!,
    VITE_MAIL_URL: stackEnv.MAIL_URL!,
    STACK_WEB_PORT: url.port,
  };
  const vite = (...args: string[]) => ({ args: [VITE, ...args, "--outDir", outDir], cwd: REPO_DIR, env });
  const build = await new Deno.Command("node", {
    ...vite("build", "web", "--logLevel", "warn"),
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (!build.success) {
    const text = new TextDecoder();
    throw new Error(`The web app does not build:\n${text.decode(build.stdout)}${text.decode(build.stderr)}`);
  }
  const server = new Deno.Command("node", { ...vite("preview", "web"), stdout: "null", stderr: "inherit" })
    .spawn();
  const stop = async () => {
    server.kill("SIGTERM");
    await server.status;
    await Deno.remove(outDir, { recursive: true });
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!await answers(url)) {
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`Nothing answers at ${url.origin}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url: url.origin, stop };
}

async function answers(url: URL): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
