import { join } from "node:path";

export interface HostSandbox {
  /** Addresses of the pretend providers by the name of the variable that carries each. */
  readonly urls: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const PORT = 54330;
const MAIL_PORT = 54340;

/**
 * Starts the pretend providers on an address that this machine and the containers on it reach alike.
 * @param host address of Docker's bridge, for example 172.17.0.1
 * @param apiUrl address of the API for browsers
 */
export async function startSandbox(host: string, apiUrl: string, dir: string): Promise<HostSandbox> {
  const app = {
    SANDBOX_CLIENT_ID: "cliprelay-test",
    SANDBOX_CLIENT_SECRET: crypto.randomUUID(),
    SANDBOX_REDIRECT_URI: `http://${host}:${PORT}/callback`,
  };
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "sandbox/main.ts"],
    env: {
      ...app,
      SANDBOX_HOST: host,
      SANDBOX_PORT: String(PORT),
      SANDBOX_MAIL_PORT: String(MAIL_PORT),
      SANDBOX_DATA_DIR: join(dir, "sandbox"),
      SANDBOX_REDIRECT_URIS: [
        app.SANDBOX_REDIRECT_URI,
        `${apiUrl}/functions/v1/onedrive/callback`,
        ...["youtube", "instagram", "facebook", "tiktok"].map((platform) =>
          `${apiUrl}/functions/v1/publish/connections/${platform}/callback`
        ),
      ].join(","),
    },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await lines.read();
    if (done) throw new Error("The sandbox ended before it was ready.");
    text += value;
  }
  return {
    urls: JSON.parse(text.slice(0, text.indexOf("\n"))).urls,
    env: { ...app, SANDBOX_URL: `http://${host}:${PORT}`, MAIL_URL: `http://${host}:${MAIL_PORT}` },
    async stop() {
      child.kill("SIGTERM");
      await child.status;
      await lines.cancel();
    },
  };
}
