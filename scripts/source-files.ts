const SOURCE = /\.(ts|tsx|mts|mjs)$/;
const GENERATED = /(^|\/)(database\.types\.ts|routeTree\.gen\.ts)$/;

/** Paths of all hand-written TypeScript and JavaScript sources, relative to the root, by git's file list. */
export async function listSourceFiles(): Promise<string[]> {
  const output = await new Deno.Command("git", {
    args: ["ls-files", "--cached", "--others", "--exclude-standard"],
    stdout: "piped",
  }).output();
  if (!output.success) throw new Error("git ls-files failed; the checks need a git checkout.");
  const paths = new TextDecoder().decode(output.stdout).split("\n");
  const sources = paths.filter((path) => SOURCE.test(path) && !GENERATED.test(path));
  const present = await Promise.all(sources.map(async (path) => [path, await exists(path)] as const));
  return present.filter(([, isPresent]) => isPresent).map(([path]) => path);
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
