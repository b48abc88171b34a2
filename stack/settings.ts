import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { StackError } from "./stack-error.ts";

/** Where one stack listens and keeps its data. Built once from the environment, then passed on. */
export interface StackSettings {
  readonly repoDir: string;
  /** Absolute. Everything the stack writes lives below it. */
  readonly dataDir: string;
  /** Folder with config.toml, migrations, seed.sql and functions. */
  readonly supabaseDir: string;
  readonly apiPort: number;
  readonly dbPort: number;
  readonly mailPort: number;
  readonly sandboxPort: number;
  readonly webPort: number;
  /** Superuser URL of a server that is already running; null starts the embedded one. */
  readonly externalDbUrl: string | null;
  /** False: the embedded server forces nothing to the disk, for data that nobody will miss. */
  readonly isDurable: boolean;
  readonly apiUrl: string;
  readonly mailUrl: string;
  readonly sandboxUrl: string;
  readonly webUrl: string;
}

/** Every service listens on this address only. */
export const HOST = "127.0.0.1";

/** The sandbox's services listen on as many ports right after its control port. */
export const SANDBOX_SERVICE_PORTS = 30;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the STACK_* variables.
 * @throws StackError naming the variable that is wrong
 */
export function readSettings(env: Environment = Deno.env.toObject()): StackSettings {
  const repoDir = dirname(dirname(fileURLToPath(import.meta.url)));
  const apiPort = readPort(env, "STACK_API_PORT", 54321);
  const mailPort = readPort(env, "STACK_MAIL_PORT", 54324);
  const sandboxPort = readPort(env, "STACK_SANDBOX_PORT", 54330);
  const webPort = readPort(env, "STACK_WEB_PORT", 5173);
  return {
    repoDir,
    dataDir: resolve(repoDir, env.STACK_DATA_DIR || ".stack"),
    supabaseDir: resolve(repoDir, env.STACK_SUPABASE_DIR || "supabase"),
    apiPort,
    dbPort: readPort(env, "STACK_DB_PORT", 54322),
    mailPort,
    sandboxPort,
    webPort,
    externalDbUrl: readDatabaseUrl(env),
    isDurable: readDurability(env),
    apiUrl: `http://${HOST}:${apiPort}`,
    mailUrl: `http://${HOST}:${mailPort}`,
    sandboxUrl: `http://${HOST}:${sandboxPort}`,
    webUrl: `http://${HOST}:${webPort}`,
  };
}

function readPort(env: Environment, name: string, fallback: number): number {
  const text = env[name];
  if (!text) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new StackError(`${name} is "${text}", but a port is a number from 1 to 65535.`);
}

function readDurability(env: Environment): boolean {
  const text = env.STACK_DB_FSYNC || "on";
  if (text === "on" || text === "off") return text === "on";
  throw new StackError(`STACK_DB_FSYNC is "${text}", but it is on or off.`);
}

function readDatabaseUrl(env: Environment): string | null {
  const url = env.STACK_DB_URL;
  if (!url) return null;
  if (/^postgres(ql)?:\/\/[^/]+\/./.test(url)) return url;
  throw new StackError(
    "STACK_DB_URL must look like postgresql://user:password@host:port/database and name a superuser.",
  );
}
