const MIB = 1024 * 1024;

/**
 * Tells files apart without reading them whole: lower-case hex SHA-256 over, in this order,
 * 1. the size in bytes as decimal ASCII digits, without sign or separator,
 * 2. the first MiB: bytes [0, min(size, 1 MiB)),
 * 3. the middle MiB: up to 1 MiB from offset max(0, floor((size - 1 MiB) / 2)) on,
 * 4. the last MiB: bytes [max(0, size - 1 MiB), size).
 * The parts may overlap; of a file below 1 MiB each part is the whole file.
 * Rejects with NotReadableError when the file cannot be read any more.
 */
export async function fingerprintFile(file: Blob): Promise<string> {
  const { size } = file;
  const middle = Math.max(0, Math.floor((size - MIB) / 2));
  const parts = new Blob([
    String(size),
    file.slice(0, MIB),
    file.slice(middle, middle + MIB),
    file.slice(Math.max(0, size - MIB)),
  ]);
  const digest = await crypto.subtle.digest("SHA-256", await parts.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
