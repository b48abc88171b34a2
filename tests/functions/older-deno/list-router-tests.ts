import { join } from "node:path";

/** Test files of the functions that need no running stack, the ones of this folder left out. */
export async function listRouterTests(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory && entry.name !== "integration") files.push(...await listRouterTests(path));
    else if (/\.test\.ts$/.test(entry.name) && !entry.name.startsWith("older-deno")) {
      // In a stack the functions run on the Deno of package.json, so such a test would try nothing.
      const startsStack = (await Deno.readTextFile(path)).includes("support/stack.ts");
      if (!startsStack) files.push(path);
    }
  }
  return files.sort();
}
