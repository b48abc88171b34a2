import { join } from "node:path";
import { parse, stringify } from "smol-toml";

type Table = Record<string, unknown>;

/** Tests sign more people up from one address than a person would in five minutes. */
const RATE_LIMITS = {
  email_sent: 10_000,
  sign_in_sign_ups: 100_000,
  token_refresh: 100_000,
  token_verifications: 100_000,
};

/**
 * Copies our `supabase` folder to `dir`, with the rate limits of the Auth API out of the way of tests and the
 * functions' variables in `functions/.env`, which the CLI reads by itself.
 */
export async function prepareProject(
  dir: string,
  functionEnv: Readonly<Record<string, string>>,
): Promise<void> {
  await copy("supabase", join(dir, "supabase"));
  const configPath = join(dir, "supabase", "config.toml");
  const config = parse(await Deno.readTextFile(configPath)) as Table;
  const auth = config.auth as Table;
  await Deno.writeTextFile(configPath, stringify({ ...config, auth: { ...auth, rate_limit: RATE_LIMITS } }));
  const lines = Object.entries(functionEnv).map(([name, value]) => `${name}='${value}'`);
  await Deno.writeTextFile(join(dir, "supabase", "functions", ".env"), `${lines.join("\n")}\n`);
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    // The CLI's own state and a developer's secrets stay where they are.
    if ([".temp", ".branches", ".env"].includes(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory) await copy(source, target);
    else if (entry.isFile) await Deno.copyFile(source, target);
  }
}
