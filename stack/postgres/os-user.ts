import type { OsUser } from "../processes/wrap-with-setpriv.ts";
import { StackError } from "../stack-error.ts";

/**
 * The user Postgres runs as: null for our own, or the system user `postgres` when we are root, because the
 * server refuses to run as root. The user is made if the machine has none.
 */
export async function findPostgresUser(): Promise<OsUser | null> {
  if (Deno.build.os === "windows" || Deno.uid() !== 0) return null;
  const existing = await lookUp("postgres");
  if (existing) return existing;
  await run("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  const created = await lookUp("postgres");
  if (created) return created;
  throw new StackError(
    "Postgres cannot run as root and the user `postgres` could not be made: run `useradd --system postgres`, or start as another user.",
  );
}

async function lookUp(name: string): Promise<OsUser | null> {
  const passwd = await Deno.readTextFile("/etc/passwd");
  const fields = passwd.split("\n").find((line) => line.startsWith(`${name}:`))?.split(":");
  return fields ? { name, uid: Number(fields[2]), gid: Number(fields[3]) } : null;
}

async function run(command: string, args: string[]): Promise<void> {
  try {
    await new Deno.Command(command, { args, stdout: "null", stderr: "null" }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
