import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Templates kept besides the one in use; older ones go once nothing has copied them for a while. */
const KEPT_TEMPLATES = 2;
const IDLE_MS = 10 * 60_000;
const REPO_DIR = new URL("../..", import.meta.url).pathname;
/** What decides the state of a fresh database. */
const DATABASE_SOURCES = [
  "supabase",
  "supabase/migrations",
  "stack/bootstrap",
  "stack/bootstrap/extensions",
  "stack/database",
  "stack/storage",
];

export interface TemplateCache {
  /** Name of the cache's folder; each checkout has its own, because templates link to its packages. */
  readonly name: string;
  /** What makes a template besides the SQL and the code of the database. */
  readonly variant: readonly string[];
  /** Fills an empty folder. */
  readonly build: (dir: string) => Promise<void>;
}

/**
 * A folder that was filled once per state of its sources, to be copied and not changed. Safe to call from several
 * processes at a time.
 *
 * @returns its path
 */
export async function prepareTemplate({ name, variant, build }: TemplateCache): Promise<string> {
  const checkout = createHash("sha256").update(REPO_DIR).digest("hex").slice(0, 12);
  const cacheDir = join(tmpdir(), `cliprelay-${name}-${checkout}`);
  const dir = join(cacheDir, await describeSources(variant));
  if (await isDirectory(dir)) {
    await Deno.utime(dir, new Date(), new Date());
    return dir;
  }
  await removeIdleTemplates(cacheDir);
  await Deno.mkdir(cacheDir, { recursive: true });
  const building = await Deno.makeTempDir({ dir: cacheDir, prefix: "building-" });
  await Deno.chmod(building, 0o755);
  await build(building);
  // Another process may have been faster; its template is as good.
  await Deno.rename(building, dir).catch(async (error) => {
    if (!await isDirectory(dir)) throw error;
    await Deno.remove(building, { recursive: true });
  });
  return dir;
}

/** Copies a folder with its owners and rights. */
export async function copyFolder(from: string, to: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("cp", { args: ["-a", from, to] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** One name per content of everything that makes a template. */
async function describeSources(variant: readonly string[]): Promise<string> {
  const parts = [...variant];
  for (const folder of DATABASE_SOURCES) {
    const names = await Array.fromAsync(Deno.readDir(join(REPO_DIR, folder)), ({ name }) => name);
    for (const name of names.filter((name) => /\.(sql|control|ts|toml)$/.test(name)).sort()) {
      parts.push(name, await Deno.readTextFile(join(REPO_DIR, folder, name)));
    }
  }
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 24);
}

async function removeIdleTemplates(cacheDir: string): Promise<void> {
  if (!await isDirectory(cacheDir)) return;
  const templates = await Array.fromAsync(Deno.readDir(cacheDir), async ({ name }) => {
    const path = join(cacheDir, name);
    return { path, usedAt: (await Deno.stat(path)).mtime?.getTime() ?? 0 };
  });
  const idle = templates
    .toSorted((a, b) => b.usedAt - a.usedAt)
    .slice(KEPT_TEMPLATES)
    .filter(({ usedAt }) => Date.now() - usedAt > IDLE_MS);
  for (const { path } of idle) await Deno.remove(path, { recursive: true }).catch(ignoreNotFound);
}

function ignoreNotFound(error: unknown): void {
  // Another process tidies up as well.
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
