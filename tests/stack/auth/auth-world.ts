import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import postgres from "postgres";
import { join } from "node:path";
import { eventually } from "../../support/eventually.ts";
import { startStack } from "../../support/stack.ts";
import { copyDir } from "../copy-dir.ts";

const REPO_DIR = new URL("../../..", import.meta.url).pathname;

export const PASSWORD = "correct horse battery";

export interface AuthWorld extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  readonly sql: postgres.Sql;
  /** A client without a session; `userAgent` is the browser the server sees. */
  connect(key?: string, userAgent?: string): SupabaseClient;
  administrator(): SupabaseClient;
  newEmail(): string;
  /** The last mail to an address, once there are `count` of them. */
  lastMail(to: string, count?: number): Promise<{ subject: string; text: string; html: string }>;
  countMails(to: string): Promise<number>;
}

interface Mail {
  to: string[];
  subject: string;
  text: string;
  html: string;
}

/**
 * A stack with the product's own migrations and mails, [auth.email] changed as `settings` says.
 * @param settings values by key, as they stand in config.toml
 */
export async function createAuthWorld(
  basePort: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<AuthWorld> {
  const supabaseDir = await Deno.makeTempDir({ prefix: "auth-" });
  await copyDir(join(REPO_DIR, "supabase", "migrations"), join(supabaseDir, "migrations"));
  let config = await Deno.readTextFile(join(REPO_DIR, "supabase", "config.toml"));
  for (const [key, value] of Object.entries(settings)) {
    const pattern = new RegExp(`^${key} = .*$`, "m");
    if (!pattern.test(config)) throw new Error(`config.toml has no ${key}.`);
    config = config.replace(pattern, `${key} = ${value}`);
  }
  await Deno.writeTextFile(join(supabaseDir, "config.toml"), config);
  const stack = await startStack({ basePort, supabaseDir }).catch(async (error) => {
    await Deno.remove(supabaseDir, { recursive: true });
    throw error;
  });
  const { env } = stack;
  const sql = postgres(env.DB_URL!, { max: 2, onnotice: () => {} });
  const connect = (key = env.PUBLISHABLE_KEY!, userAgent?: string) =>
    createClient(env.API_URL!, key, {
      auth: { persistSession: false, autoRefreshToken: false },
      global: userAgent ? { headers: { "user-agent": userAgent } } : {},
    });
  const readMails = async (to: string): Promise<Mail[]> => {
    const mails: Mail[] = await (await fetch(`${env.SANDBOX_URL}/__sandbox/mails`)).json();
    return mails.filter((mail) => mail.to.includes(to));
  };
  return {
    ...{ env, sql, connect },
    administrator: () => connect(env.SECRET_KEY!),
    newEmail: () => `${crypto.randomUUID()}@example.test`,
    countMails: async (to) => (await readMails(to)).length,
    lastMail: (to, count = 1) =>
      eventually(`mail ${count} to ${to}`, async () => {
        const mails = await readMails(to);
        return mails.length >= count && mails.at(-1);
      }),
    async [Symbol.asyncDispose]() {
      await sql.end();
      await stack.stop();
      await Deno.remove(supabaseDir, { recursive: true });
    },
  };
}

/** The link in a mail. */
export function linkOf(mail: { text: string }): string {
  return /https?:\/\/\S+\/auth\/v1\/verify\?\S+/.exec(mail.text)![0];
}

/** Opens a link of a mail as a browser does; what the page it leads to finds behind the hash. */
export async function openLink(link: string): Promise<{ target: string; outcome: URLSearchParams }> {
  const answer = await fetch(link, { redirect: "manual" });
  await answer.body?.cancel();
  const url = new URL(answer.headers.get("location")!);
  return { target: url.origin + url.pathname, outcome: new URLSearchParams(url.hash.slice(1)) };
}
