import { join, relative } from "node:path";
import { parseEnv } from "node:util";
import type { FunctionEndpoint } from "../gateway/start-gateway.ts";
import type { ProcessRegistry } from "../processes/process-registry.ts";
import { functionConfig } from "../supabase-config.ts";
import type { SupabaseConfig } from "../supabase-config.ts";
import { FunctionService } from "./function-service.ts";
import { MeterJournal } from "./meter/meter-journal.ts";

export interface FunctionSupervisorOptions {
  /** Folder that holds functions/. */
  readonly supabaseDir: string;
  readonly logsDir: string;
  readonly config: SupabaseConfig;
  /** Environment of every function; supabase/functions/.env is laid over it. */
  readonly env: Readonly<Record<string, string>>;
  readonly registry: ProcessRegistry;
  readonly log: (message: string) => void;
}

export interface FunctionSupervisor {
  find(name: string): FunctionEndpoint | undefined;
  names(): string[];
  stop(): Promise<void>;
}

/** Editors write a file in several steps. */
const SETTLE_MS = 60;

/**
 * Runs every function below supabase/functions, one process each. A change in its folder replaces that
 * function, a change in `_shared` or `.env` replaces all; functions that appear or vanish are followed.
 */
export async function superviseFunctions(options: FunctionSupervisorOptions): Promise<FunctionSupervisor> {
  const functionsDir = join(options.supabaseDir, "functions");
  const services = new Map<string, FunctionService>();
  const journal = new MeterJournal(options.logsDir, options.log);

  async function follow(): Promise<void> {
    const names = await listFunctions(functionsDir, options.config);
    for (const [name, service] of services) {
      if (names.includes(name)) continue;
      services.delete(name);
      await service.stop();
    }
    for (const name of names) {
      if (!services.has(name)) services.set(name, createService(name));
    }
  }

  function createService(name: string): FunctionService {
    const service = new FunctionService(async () => ({
      name,
      dir: join(functionsDir, name),
      env: { ...options.env, ...await readSecrets(functionsDir) },
      logPath: join(options.logsDir, `function-${name}.log`),
      registry: options.registry,
      journal,
    }), options.log);
    service.reload();
    return service;
  }

  await follow();
  await Promise.all([...services.values()].map((service) => service.settled()));
  const watcher = watch(functionsDir, async (changed) => {
    const all = changed.some((path) => path === ".env" || path.startsWith("_shared/"));
    const known = [...services.keys()];
    await follow();
    for (const name of known) {
      if (!all && !changed.some((path) => path.startsWith(`${name}/`))) continue;
      options.log(`function ${name} changed; loading it again`);
      services.get(name)?.reload();
    }
  });

  return {
    names: () => [...services.keys()],
    find(name) {
      const service = services.get(name);
      if (!service) return undefined;
      return {
        verifyJwt: functionConfig(options.config, name).verifyJwt,
        lease: service.lease.bind(service),
      };
    },
    async stop() {
      watcher?.close();
      await Promise.all([...services.values()].map((service) => service.stop()));
      journal.save();
    },
  };
}

async function listFunctions(functionsDir: string, config: SupabaseConfig): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(functionsDir)) {
      if (!entry.isDirectory || /^[_.]/.test(entry.name)) continue;
      const [index, manifest] = await Promise.all(
        ["index.ts", "deno.json"].map((file) => isFile(join(functionsDir, entry.name, file))),
      );
      if (index && manifest && functionConfig(config, entry.name).enabled) names.push(entry.name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isFile, () => false);
}

async function readSecrets(functionsDir: string): Promise<Record<string, string>> {
  const source = await Deno.readTextFile(join(functionsDir, ".env")).catch(() => "");
  return parseEnv(source) as Record<string, string>;
}

/** Calls back with the changed paths, relative to `dir`, once they have been quiet for a moment. */
function watch(dir: string, onChange: (paths: string[]) => Promise<void>): Deno.FsWatcher | null {
  let watcher: Deno.FsWatcher;
  try {
    watcher = Deno.watchFs(dir);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const pending = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  (async () => {
    for await (const event of watcher) {
      if (event.kind === "access") continue;
      for (const path of event.paths) pending.add(relative(dir, path));
      clearTimeout(timer);
      timer = setTimeout(() => {
        const paths = [...pending].filter((path) => path && !/(^|\/)\.(?!env$)|~$|\.(swp|tmp)$/.test(path));
        pending.clear();
        if (paths.length > 0) onChange(paths).catch(console.error);
      }, SETTLE_MS);
    }
  })();
  return watcher;
}
