import { fileURLToPath } from "node:url";

/** Leaves room for 30 services. */
const MAIL_OFFSET = 31;
const MAIN = fileURLToPath(new URL("../../../sandbox/main.ts", import.meta.url));
export const SANDBOX_APP = { clientId: "test-client", clientSecret: "test-secret" };

export interface TestSandbox {
  /** Base addresses by the names of the configuration, e.g. MICROSOFT_GRAPH_URL. */
  urls: Record<string, string>;
  stop(): Promise<void>;
}

/** Starts the simulators as a process of their own: control on `port`, services above it, mail above them all. */
export async function startSandbox(port: number, redirectUri: string): Promise<TestSandbox> {
  const dataDir = await Deno.makeTempDir({ prefix: "functions-sandbox-" });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", MAIN],
    env: {
      SANDBOX_PORT: String(port),
      SANDBOX_MAIL_PORT: String(port + MAIL_OFFSET),
      SANDBOX_DATA_DIR: dataDir,
      SANDBOX_HOST: "127.0.0.1",
      SANDBOX_CLIENT_ID: SANDBOX_APP.clientId,
      SANDBOX_CLIENT_SECRET: SANDBOX_APP.clientSecret,
      SANDBOX_REDIRECT_URIS: redirectUri,
    },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("The sandbox ended before it was ready.");
    text += value;
  }
  const { urls } = JSON.parse(text.slice(0, text.indexOf("\n")));
  return {
    urls,
    async stop() {
      child.kill("SIGTERM");
      await child.status;
      await reader.cancel();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}

type ControlRequest = Record<string, string | number | boolean | null>;

/** Talks to the control API of a sandbox. */
export function createControl(sandboxUrl: string) {
  async function call<Body>(method: string, path: string, body?: ControlRequest): Promise<Body> {
    const response = await fetch(`${sandboxUrl}/__sandbox/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  return {
    fault: (fault: ControlRequest) => call<unknown>("POST", "faults", { service: "microsoft", ...fault }),
    clearFaults: () => call<unknown>("DELETE", "faults"),
    set: (settings: ControlRequest) =>
      call<unknown>("POST", "settings", { service: "microsoft", ...settings }),
    files: () => call<{ account: string; path: string; size: number; quickxor: string }[]>("GET", "files"),
    requests: () =>
      call<{ method: string; route: string; status: number; count: number }[]>("GET", "requests"),
  };
}

export type SandboxControl = ReturnType<typeof createControl>;
