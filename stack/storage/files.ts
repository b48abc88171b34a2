/** Removes a file; one that is not there is fine. */
export async function removeIfPresent(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Names of the files in a directory. */
export function listFiles(dir: string): Promise<string[]> {
  return Array.fromAsync(Deno.readDir(dir), (entry) => entry.name);
}

/** Size in bytes, or null when the file does not exist. */
export async function sizeIfPresent(path: string): Promise<number | null> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Makes a rename or link in this directory survive a power cut. Windows cannot and need not. */
export async function syncDirectory(dir: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  const handle = await Deno.open(dir, { read: true });
  await handle.sync().finally(() => handle.close());
}

/** Writes all bytes; `write` itself may write fewer. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += await file.write(bytes.subarray(written));
}
