const BIN_DIR = "/usr/lib/postgresql/15/bin";
const PACKAGES: Readonly<Record<string, string>> = {
  "postgresql-15": `${BIN_DIR}/postgres`,
  "postgresql-15-cron": "/usr/lib/postgresql/15/lib/pg_cron.so",
};

/**
 * Installs Debian's Postgres 15 and its pg_cron when they are missing and we may.
 * @returns the folder with `initdb` and `postgres`
 * @throws Error that says what to install, and how
 */
export async function ensureDebianPostgres(): Promise<string> {
  const missing = await listMissing();
  if (missing.length === 0) return BIN_DIR;
  const advice = `install ${missing.join(", ")} (Debian 12: \`apt-get install ${missing.join(" ")}\`).`;
  if (!await canUseApt()) {
    throw new Error(`The test of the real pg_cron needs Postgres 15 with it: ${advice}`);
  }
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...missing]]) {
    const { success, stderr } = await new Deno.Command("apt-get", {
      args,
      env: { DEBIAN_FRONTEND: "noninteractive" },
      stdout: "null",
      stderr: "piped",
    }).output();
    if (success) continue;
    throw new Error(`apt-get ${args[0]} failed; ${advice}\n${new TextDecoder().decode(stderr)}`);
  }
  const [absent] = await listMissing();
  if (absent) throw new Error(`${PACKAGES[absent]} is not there although ${absent} is installed.`);
  return BIN_DIR;
}

async function listMissing(): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(PACKAGES).map(async ([name, file]) => [name, await exists(file)] as const),
  );
  return found.filter(([, isThere]) => !isThere).map(([name]) => name);
}

async function canUseApt(): Promise<boolean> {
  return Deno.build.os === "linux" && Deno.uid() === 0 && await exists("/usr/bin/apt-get");
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
