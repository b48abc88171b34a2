import { join } from "node:path";
import { prepareProject } from "./prepare-project.ts";
import { runProgram, runSupabase } from "./run-program.ts";
import { startSandbox } from "./start-sandbox.ts";

const API_URL = "http://127.0.0.1:54321";
const WEB_URL = "http://127.0.0.1:5173";
const FUNCTIONS_CONTAINER = "supabase_edge_runtime_cliprelay";
/** What the tests do not look at. */
const UNUSED = ["studio", "postgres-meta", "imgproxy", "realtime", "logflare", "vector", "supavisor"];

export interface StartedSupabase {
  /** Path of a file for TEST_STACK_ENV. */
  readonly envPath: string;
  stop(): Promise<void>;
}

/** Starts our project in Docker by the Supabase CLI, with the sandbox as its outside services. */
export async function startSupabase(): Promise<StartedSupabase> {
  const dir = await Deno.makeTempDir({ prefix: "supabase-start-" });
  const bridge = await runProgram("docker", [
    ...["network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}"],
  ]);
  const sandbox = await startSandbox(bridge.trim(), API_URL, dir);
  const stop = async () => {
    await runSupabase(dir, ["stop", "--no-backup"]);
    await sandbox.stop();
    await Deno.remove(dir, { recursive: true });
  };
  try {
    const secrets = createSecrets();
    await prepareProject(dir, {
      ...sandbox.urls,
      CRON_SECRET: secrets.cronSecret,
      TOKEN_ENCRYPTION_KEYS: secrets.tokenEncryptionKeys,
      TOKEN_ENCRYPTION_KEY_ID: "k1",
      MICROSOFT_CLIENT_ID: sandbox.env.SANDBOX_CLIENT_ID!,
      MICROSOFT_CLIENT_SECRET: sandbox.env.SANDBOX_CLIENT_SECRET!,
      MICROSOFT_TENANT: "common",
      GOOGLE_CLIENT_ID: sandbox.env.SANDBOX_CLIENT_ID!,
      GOOGLE_CLIENT_SECRET: sandbox.env.SANDBOX_CLIENT_SECRET!,
      META_APP_ID: sandbox.env.SANDBOX_CLIENT_ID!,
      META_APP_SECRET: sandbox.env.SANDBOX_CLIENT_SECRET!,
      INSTAGRAM_APP_ID: sandbox.env.SANDBOX_CLIENT_ID!,
      INSTAGRAM_APP_SECRET: sandbox.env.SANDBOX_CLIENT_SECRET!,
      TIKTOK_CLIENT_KEY: sandbox.env.SANDBOX_CLIENT_ID!,
      TIKTOK_CLIENT_SECRET: sandbox.env.SANDBOX_CLIENT_SECRET!,
      PUBLIC_API_URL: API_URL,
      WEB_URL,
      OUTBOUND_ALLOW_ORIGINS: [...new Set(Object.values(sandbox.urls).map((url) => new URL(url).origin))]
        .join(","),
    });
    // The database calls functions by the name its gateway has among the containers.
    const vault = { PROJECT_URL: "http://kong:8000", CRON_SECRET: secrets.cronSecret };
    await runSupabase(dir, ["start", "--exclude", UNUSED.join(",")], vault);
    const status = JSON.parse(await runSupabase(dir, ["status", "--output", "json"]));
    const env = {
      ...pick(status, ["API_URL", "PUBLISHABLE_KEY", "SECRET_KEY", "JWT_SECRET", "DB_URL"]),
      ...sandbox.urls,
      ...sandbox.env,
      WEB_URL,
      PUBLIC_API_URL: API_URL,
      KILL_FUNCTIONS_COMMAND: `docker restart --time 0 ${FUNCTIONS_CONTAINER}`,
    };
    const envPath = join(dir, "env");
    await Deno.writeTextFile(envPath, Object.entries(env).map((pair) => pair.join("=")).join("\n") + "\n");
    await Deno.writeTextFile(join(dir, "secrets.json"), JSON.stringify(secrets));
    return { envPath, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function createSecrets() {
  const random = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  return { cronSecret: random(), tokenEncryptionKeys: JSON.stringify({ k1: random() }) };
}

function pick(values: Record<string, string>, names: readonly string[]): Record<string, string> {
  const missing = names.filter((name) => !values[name]);
  if (missing.length > 0) throw new Error(`supabase status does not tell ${missing.join(", ")}.`);
  return Object.fromEntries(names.map((name) => [name, values[name]!]));
}
