type Env = Readonly<Record<string, string>>;

export interface Fault {
  readonly kind: "status" | "status_after" | "delay" | "drop_after" | "lost_answer" | "rate_limit" | "revoke";
  readonly method?: string;
  readonly path?: string;
  readonly value?: number;
  readonly times?: number | null;
  readonly skip?: number;
  readonly retry_after?: number;
}

export interface StoredFile {
  readonly account: string;
  readonly path: string;
  readonly size: number;
  readonly quickxor: string;
}

export interface OpenUpload {
  readonly account: string;
  readonly name: string;
  readonly received: number;
}

/** Settings that a scenario may change; each run begins with their defaults. */
const DEFAULTS = {
  drive_quota_bytes: null,
  html_errors: null,
  partial_fragments: null,
  processing_ms: 1,
  token_error: null,
  token_lifetime_s: null,
  upload_session_ttl_s: null,
};

export type MicrosoftSettings = { [Name in keyof typeof DEFAULTS]?: number | boolean | null };

/** The pretend Microsoft of the stack: what goes wrong there, and what it holds. */
export function createSandboxControl(env: () => Env) {
  async function call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const response = await fetch(`${env().SANDBOX_URL}/__sandbox/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
    return await response.json();
  }
  const set = (settings: MicrosoftSettings) =>
    call<unknown>("POST", "settings", { service: "microsoft", ...settings });

  const listFaults = () => call<(Fault & { id: number; fired: number })[]>("GET", "faults");

  return {
    set,
    /** Adds a fault and returns its number. */
    fault: async (fault: Fault) =>
      (await call<{ id: number }>("POST", "faults", { service: "microsoft", ...fault })).id,
    hasFired: async (id: number) => (await listFaults()).some((fault) => fault.id === id && fault.fired > 0),
    /** Faults that met nothing. */
    listUnused: async () => (await listFaults()).filter(({ fired }) => fired === 0),
    async clear() {
      await call("DELETE", "faults");
      await set(DEFAULTS);
    },
    files: async (account: string) =>
      (await call<StoredFile[]>("GET", "files")).filter((file) => file.account === account),
    openUploads: async (account: string) =>
      (await call<OpenUpload[]>("GET", "uploads")).filter((upload) => upload.account === account),
  };
}

export type SandboxControl = ReturnType<typeof createSandboxControl>;
