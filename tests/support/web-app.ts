import { fileURLToPath } from "node:url";
import { eventually } from "./eventually.ts";

const REPO_DIR = fileURLToPath(new URL("../..", import.meta.url));
const VITE = "node_modules/vite/bin/vite.js";

export interface ServedWebApp {
  readonly url: string;
  stop(): Promise<void>;
}

/** Builds the web app for a running stack as it would be deployed, and serves the built files. */
export async function serveWebApp(stackEnv: Readonly<Record<string, string>>): Promise<ServedWebApp> {
  const url = new URL(stackEnv.WEB_URL!);
  const outDir = await Deno.makeTempDir({ prefix: "web-" });
  const env = {
    VITE_SUPABASE_URL: stackEnv.API_URL!,
    VITE_SUPABASE_PUBLISHABLE_KEY: stackEnv.PUBLISHABLE_KEY!,
    VITE_MAIL_URL: stackEnv.MAIL_URL!,
    STACK_WEB_PORT: url.port,
  };
  const build = await new Deno.Command("node", {
    args: [VITE, "build", "web", "--outDir", outDir, "--logLevel", "warn"],
    cwd: REPO_DIR,
    env,
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (!build.success) {
    const text = new TextDecoder();
    throw new Error(`The web app does not build:\n${text.decode(build.stdout)}${text.decode(build.stderr)}`);
  }
  const server = new Deno.Command("node", {
    args: [VITE, "preview", "web", "--outDir", outDir],
    cwd: REPO_DIR,
    env,
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  await eventually("the built web app answers", async () => {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  }, 20_000);
  return {
    url: url.origin,
    async stop() {
      server.kill("SIGTERM");
      await server.status;
      await Deno.remove(outDir, { recursive: true });
    },
  };
}
