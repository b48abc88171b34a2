const START_TIMEOUT_MS = 60_000;

/**
 * Builds the web app for a stack and serves it while `work` runs.
 * @param env what `npm run stack -- env` prints
 */
export async function withWebApp(
  env: Readonly<Record<string, string>>,
  work: (webUrl: string) => Promise<void>,
): Promise<void> {
  const webUrl = env.WEB_URL ?? "";
  const dist = await Deno.makeTempDir({ prefix: "cliprelay-web-" });
  const vite = (...args: string[]) =>
    new Deno.Command("node", {
      args: ["node_modules/vite/bin/vite.js", ...args, "--outDir", dist],
      env: {
        VITE_SUPABASE_URL: env.API_URL ?? "",
        VITE_SUPABASE_PUBLISHABLE_KEY: env.PUBLISHABLE_KEY ?? "",
        STACK_WEB_PORT: new URL(webUrl).port,
      },
      stdout: "null",
      stderr: "inherit",
    });
  const { success } = await vite("build", "web", "--logLevel", "warn").output();
  if (!success) throw new Error("The web app does not build.");
  const server = vite("preview", "web").spawn();
  try {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!await answers(webUrl)) {
      if (Date.now() > deadline) throw new Error(`Nothing answers at ${webUrl}.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await work(webUrl);
  } finally {
    server.kill("SIGTERM");
    await server.status;
    await Deno.remove(dist, { recursive: true });
  }
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
