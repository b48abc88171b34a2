import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The small Supabase project the tests of the stack run. */
export const FIXTURE_DIR = fileURLToPath(new URL("fixtures/supabase", import.meta.url));

/** Copies a folder with everything in it, for tests that change it. */
export async function copyDir(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    if (entry.isDirectory) await copyDir(join(from, entry.name), join(to, entry.name));
    else await Deno.copyFile(join(from, entry.name), join(to, entry.name));
  }
}
