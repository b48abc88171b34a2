import { join } from "node:path";
import { copyFolder, prepareTemplate } from "./template-cache.ts";

/** Where a stack keeps its cluster, in its data directory. */
const CLUSTER = join("postgres", "data");
/** The cluster's passwords come from these. */
const SECRETS = "secrets.json";

/**
 * Lays the database of a first start of the product's own stack, migrated and seeded, into a new data directory.
 *
 * @param startOnce starts a stack on a data directory and stops it when it is ready
 */
export async function copyStackTemplate(
  dataDir: string,
  startOnce: (dataDir: string) => Promise<void>,
): Promise<void> {
  const template = await prepareTemplate({
    name: "test-stacks",
    variant: [],
    build: async (dir) => {
      const firstDir = join(dir, "first");
      await Deno.mkdir(firstDir, { mode: 0o700 });
      await startOnce(firstDir);
      await Deno.rename(join(firstDir, CLUSTER), join(dir, "data"));
      await Deno.rename(join(firstDir, SECRETS), join(dir, SECRETS));
      await Deno.remove(firstDir, { recursive: true });
    },
  });
  await Deno.mkdir(join(dataDir, "postgres"));
  await copyFolder(join(template, "data"), join(dataDir, "postgres"));
  await Deno.copyFile(join(template, SECRETS), join(dataDir, SECRETS));
}
