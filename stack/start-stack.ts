import { join } from "node:path";
import { functionEnvironment, printedEnvironment, providerUrls } from "./environment.ts";
import { superviseFunctions } from "./functions/function-supervisor.ts";
import type { FunctionSupervisor } from "./functions/function-supervisor.ts";
import { startGateway } from "./gateway/start-gateway.ts";
import { claimPort } from "./processes/ports.ts";
import { endLeftovers, ProcessRegistry } from "./processes/process-registry.ts";
import { takeLock } from "./processes/stack-lock.ts";
import { loadSecrets } from "./secrets.ts";
import type { StackSettings } from "./settings.ts";
import type { StackContext } from "./stack-context.ts";
import { prepareDatabase, startServer } from "./start-database.ts";
import { startSandbox } from "./start-sandbox.ts";
import { startApi, startStorage, startWorker } from "./start-services.ts";
import type { StartedService } from "./start-services.ts";
import { readSupabaseConfig } from "./supabase-config.ts";

export interface RunningStack {
  readonly context: StackContext;
  /** What `env` prints. */
  readonly environment: Readonly<Record<string, string>>;
  /** Registers something that is to be stopped before the stack itself. */
  stopFirst(stop: () => Promise<void>): void;
  /** Stops everything in the reverse order of starting; may be called while the stack is still starting. */
  stop(): Promise<void>;
}

type Stop = () => Promise<void>;

const MAX_LOG_BYTES = 10 * 1024 * 1024;

/**
 * Starts the whole local Supabase and the sandbox, and settles when every part takes requests.
 * @throws StackError with one sentence; by then everything that had started is stopped again
 */
export async function startStack(
  settings: StackSettings,
  log: (message: string) => void,
): Promise<RunningStack> {
  const logsDir = join(settings.dataDir, "logs");
  await Deno.mkdir(logsDir, { recursive: true });
  const lock = await takeLock(settings.dataDir);
  const stops: Stop[] = [() => Promise.resolve(lock.release())];
  const stop = once(async () => {
    for (const step of stops.reverse()) await step();
  });
  try {
    return {
      ...await startParts(settings, logsDir, log, stops),
      stop,
      stopFirst: (step) => void stops.push(step),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  settings: StackSettings,
  logsDir: string,
  log: (message: string) => void,
  stops: Stop[],
): Promise<Pick<RunningStack, "context" | "environment">> {
  await endLeftovers(settings.dataDir);
  await dropLargeLogs(logsDir);
  await claimPorts(settings, log);
  const secrets = await loadSecrets(settings.dataDir);
  const config = await readSupabaseConfig(settings.supabaseDir, {
    ...Deno.env.toObject(),
    PROJECT_URL: settings.apiUrl,
    CRON_SECRET: secrets.cronSecret,
  });
  const registry = new ProcessRegistry(settings.dataDir);
  registry.clear();
  registry.set("stack", Deno.pid);
  stops.push(() => Promise.resolve(registry.clear()));
  const context: StackContext = { settings, secrets, config, logsDir, registry, log };

  let api: StartedService | null = null;
  let storage: StartedService | null = null;
  let functions: FunctionSupervisor | null = null;
  let ready = false;
  const gateway = startGateway({
    port: settings.apiPort,
    keys: secrets,
    apiUrl: () => api?.url() ?? null,
    storageUrl: () => storage?.url() ?? null,
    findFunction: (name) => functions?.find(name),
    isReady: () => ready,
  });
  const closeGateway = once(() => closeServer(gateway));
  stops.push(closeGateway);

  const [, sandbox] = await allOrFirstError([
    (async () => {
      const server = await startServer(context);
      if (server) stops.push(() => server.stop());
      await prepareDatabase(context);
    })(),
    (async () => {
      const started = await startSandbox(context);
      if (started) stops.push(() => started.service.stop());
      return started;
    })(),
  ]);
  const providers = providerUrls(sandbox?.urls ?? {});
  const environment = printedEnvironment(settings, secrets, providers);
  await writeEnvironment(settings.dataDir, environment);

  await allOrFirstError([
    startApi(context, providers.RESEND_URL ?? null).then((started) => {
      api = started;
      stops.push(() => started.stop());
    }),
    startStorage(context).then((started) => {
      storage = started;
      if (started) stops.push(() => started.stop());
    }),
    startWorker(context).then((started) => void stops.push(() => started.stop())),
    superviseFunctions({
      supabaseDir: settings.supabaseDir,
      logsDir,
      config,
      env: functionEnvironment(settings, secrets, providers),
      registry,
      log,
    }).then((started) => {
      functions = started;
      stops.push(() => started.stop());
    }),
  ]);
  stops.push(closeGateway);
  ready = true;
  return { context, environment };
}

/** Like Promise.all, but waits for the others before it fails, so that what they start can be stopped. */
async function allOrFirstError<T extends readonly unknown[]>(
  tasks: { [Key in keyof T]: Promise<T[Key]> },
): Promise<T> {
  const outcomes = await Promise.allSettled(tasks);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as unknown as T;
}

async function claimPorts(settings: StackSettings, log: (message: string) => void): Promise<void> {
  if (!settings.externalDbUrl) await claimPort(settings.dbPort, "STACK_DB_PORT", log);
  await claimPort(settings.apiPort, "STACK_API_PORT", log);
  await claimPort(settings.mailPort, "STACK_MAIL_PORT", log);
  await claimPort(settings.sandboxPort, "STACK_SANDBOX_PORT", log);
}

/** Logs are kept across starts for looking back, but not for ever. */
async function dropLargeLogs(logsDir: string): Promise<void> {
  for await (const entry of Deno.readDir(logsDir)) {
    const path = join(logsDir, entry.name);
    if (entry.name !== "stack.log" && (await Deno.stat(path)).size > MAX_LOG_BYTES) await Deno.remove(path);
  }
}

async function writeEnvironment(dataDir: string, values: Readonly<Record<string, string>>): Promise<void> {
  const path = join(dataDir, "env");
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  await Deno.writeTextFile(path, lines.join(""), { mode: 0o600 });
}

/** Lets running requests end for a moment, then cuts them off. */
async function closeServer(server: Deno.HttpServer): Promise<void> {
  const timeout = Promise.withResolvers<void>();
  const timer = setTimeout(timeout.resolve, 1_500);
  await Promise.race([server.shutdown(), timeout.promise]);
  clearTimeout(timer);
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => running ??= run();
}
