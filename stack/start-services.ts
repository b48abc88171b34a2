import { join } from "node:path";
import type { ApiConfig } from "./api/config.ts";
import type { StackContext } from "./stack-context.ts";
import { connectionUrl, SUPERUSER } from "./database/connection-urls.ts";
import { baseEnvironment } from "./environment.ts";
import { keepRunning } from "./processes/keep-running.ts";
import type { KeptService } from "./processes/keep-running.ts";
import { findFreePort } from "./processes/ports.ts";
import { startReadyProcess } from "./processes/start-ready-process.ts";
import { HOST } from "./settings.ts";

/** A service that prints a ready line, and where it listens at this moment. */
export interface StartedService extends KeptService {
  readonly url: () => string;
}

/** Starts the Auth and Data API. */
export function startApi(context: StackContext, resendUrl: string | null): Promise<StartedService> {
  const { settings, secrets, config } = context;
  return startOnFreePort(context, "api", join(settings.repoDir, "stack", "api", "main.ts"), (port) => {
    const api: ApiConfig = {
      port,
      publicApiUrl: settings.apiUrl,
      webUrl: settings.webUrl,
      jwtSecret: secrets.jwtSecret,
      publishableKey: secrets.publishableKey,
      secretKey: secrets.secretKey,
      schemas: config.apiSchemas,
      maxRows: config.maxRows,
      auth: config.auth,
      dataUrl: connectionUrl("authenticator", settings, secrets),
      authUrl: connectionUrl("supabase_auth_admin", settings, secrets),
      catalogUrl: connectionUrl(SUPERUSER, settings, secrets),
      resendUrl,
      resendApiKey: Deno.env.get("RESEND_API_KEY") || "re_local",
    };
    return { API_CONFIG: JSON.stringify(api) };
  });
}

/** Starts the Storage API. */
export async function startStorage(context: StackContext): Promise<StartedService | null> {
  const { settings, secrets } = context;
  const script = join(settings.repoDir, "stack", "storage", "main.ts");
  if (!await exists(script)) return null;
  return await startOnFreePort(context, "storage", script, (port) => ({
    STORAGE_PORT: String(port),
    STORAGE_DB_URL: connectionUrl("supabase_storage_admin", settings, secrets),
    STORAGE_DATA_DIR: join(settings.dataDir, "storage"),
    JWT_SECRET: secrets.jwtSecret,
    PUBLISHABLE_KEY: secrets.publishableKey,
    SECRET_KEY: secrets.secretKey,
    PUBLIC_API_URL: settings.apiUrl,
  }));
}

/** Starts the worker behind the stand-ins of pg_cron and pg_net. */
export function startWorker(context: StackContext): Promise<KeptService> {
  const { settings, secrets } = context;
  return keepRunning({
    name: "worker",
    start: async () => {
      const script = join(settings.repoDir, "stack", "worker", "main.ts");
      const options = denoProcess(context, "worker", script, {
        WORKER_ADMIN_URL: connectionUrl(SUPERUSER, settings, secrets),
        WORKER_JOB_URL: connectionUrl("postgres", settings, secrets),
      });
      return (await startReadyProcess("The worker of pg_cron and pg_net", options)).process;
    },
    stopGraceMs: 5_000,
    registry: context.registry,
    log: context.log,
  });
}

async function startOnFreePort(
  context: StackContext,
  name: string,
  script: string,
  environment: (port: number) => Record<string, string>,
): Promise<StartedService> {
  let port = 0;
  const service = await keepRunning({
    name,
    start: async () => {
      port = findFreePort();
      const options = denoProcess(context, name, script, environment(port));
      return (await startReadyProcess(`The ${name} service`, options)).process;
    },
    stopGraceMs: 5_000,
    registry: context.registry,
    log: context.log,
  });
  return { ...service, url: () => `http://${HOST}:${port}` };
}

/** How a script of ours is started under Deno. */
export function denoProcess(
  context: StackContext,
  name: string,
  script: string,
  env: Record<string, string>,
) {
  return {
    command: Deno.execPath(),
    args: ["run", "-A", script],
    env: { ...baseEnvironment(context.settings), ...env },
    cwd: context.settings.repoDir,
    logPath: join(context.logsDir, `${name}.log`),
    stopSignal: "SIGTERM" as const,
  };
}

/** True when this checkout has the file. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
