const CLIENT_ID = "11111111-2222-4333-8444-555555555555";
const CLIENT_SECRET = "sandbox secret with spaces & signs";
const REDIRECT_URI = "http://localhost:9/callback?from=microsoft";

const FIRST_PORT = 21_000;
/** The control port, 30 for services and one for the mailbox. */
const GROUP_PORTS = 32;
const PORT_GROUPS = 340;

/** A sandbox in a process of its own, as the stack starts it. */
export class SandboxProcess {
  readonly clientId = CLIENT_ID;
  readonly clientSecret = CLIENT_SECRET;
  readonly redirectUri = REDIRECT_URI;
  urls: Record<string, string> = {};
  #port: number;
  readonly dataDir: string;
  #child: Deno.ChildProcess | null = null;

  private constructor(port: number, dataDir: string, readonly env: Readonly<Record<string, string>>) {
    this.#port = port;
    this.dataDir = dataDir;
  }

  /**
   * Starts one with an empty data directory on ports of its own. They lie below the range from which the
   * system takes ports for outgoing connections; should one be taken all the same, others are tried. `env` adds to its environment.
   */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<SandboxProcess> {
    const dataDir = await Deno.makeTempDir({ prefix: "sandbox-test-" });
    for (let attempt = 1;; attempt++) {
      const port = FIRST_PORT + GROUP_PORTS * Math.floor(Math.random() * PORT_GROUPS);
      const sandbox = new SandboxProcess(port, dataDir, env);
      try {
        await sandbox.boot();
        return sandbox;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  get pid(): number {
    return this.#child!.pid;
  }

  /** Starts the process on the present data directory and waits for its ready line. */
  async boot(): Promise<void> {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", new URL("../../../sandbox/main.ts", import.meta.url).pathname],
      env: {
        SANDBOX_PORT: String(this.#port),
        SANDBOX_MAIL_PORT: String(this.#port + GROUP_PORTS - 1),
        SANDBOX_DATA_DIR: this.dataDir,
        SANDBOX_CLIENT_ID: CLIENT_ID,
        SANDBOX_CLIENT_SECRET: CLIENT_SECRET,
        SANDBOX_REDIRECT_URIS: `${REDIRECT_URI},http://localhost:9/other`,
        ...this.env,
      },
      stdout: "piped",
    }).spawn();
    const reader = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let output = "";
    while (!output.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`The sandbox ended before it was ready: ${output}`);
      output += value;
    }
    await reader.cancel();
    this.urls = JSON.parse(output).urls;
  }

  /** The state file as it lies on disk now. */
  readState(): Promise<string> {
    return Deno.readTextFile(`${this.dataDir}/state.json`);
  }

  /** Ends the process; the data stays for the next boot. */
  async halt(signal: Deno.Signal = "SIGTERM"): Promise<Deno.CommandStatus> {
    this.#child!.kill(signal);
    return await this.#child!.status;
  }

  async stop(): Promise<void> {
    await this.halt();
    await Deno.remove(this.dataDir, { recursive: true });
  }

  /** Calls the control API with a JSON body and returns the JSON answer. */
  async control<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.urls.SANDBOX_URL}/__sandbox${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer as T;
  }

  async reset(): Promise<void> {
    await this.control("POST", "/reset");
  }

  async fault(fault: Record<string, unknown>): Promise<void> {
    await this.control("POST", "/faults", { service: "microsoft", ...fault });
  }

  async settings(settings: Record<string, unknown>): Promise<void> {
    await this.control("POST", "/settings", { service: "microsoft", ...settings });
  }
}
