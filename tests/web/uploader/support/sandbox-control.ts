type Env = Readonly<Record<string, string>>;

export interface SandboxFault {
  kind: "status" | "status_after" | "delay" | "drop_after" | "lost_answer" | "rate_limit" | "revoke";
  value?: number;
  method?: string;
  times?: number | null;
  skip?: number;
  retry_after?: number;
}

/** Makes fragments on their way to the pretend OneDrive fail. */
export async function addUploadFault(env: Env, fault: SandboxFault): Promise<void> {
  await post(env, "faults", { service: "microsoft", method: "PUT", path: "*", ...fault });
}

export async function clearFaults(env: Env): Promise<void> {
  const response = await fetch(`${env.SANDBOX_URL}/__sandbox/faults`, { method: "DELETE" });
  await response.body?.cancel();
}

/** Changes how the pretend Microsoft behaves; null restores the default. */
export async function setMicrosoft(env: Env, settings: Record<string, unknown>): Promise<void> {
  await post(env, "settings", { service: "microsoft", ...settings });
}

export interface SandboxFile {
  account: string;
  path: string;
  size: number;
  quickxor: string;
}

/** The files in one person's pretend OneDrive. */
export async function listFiles(env: Env, account: string): Promise<SandboxFile[]> {
  const response = await fetch(`${env.SANDBOX_URL}/__sandbox/files`);
  const files: SandboxFile[] = await response.json();
  return files.filter((file) => file.account === account);
}

async function post(env: Env, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${env.SANDBOX_URL}/__sandbox/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
  await response.body?.cancel();
}
