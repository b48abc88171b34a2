import { join } from "node:path";
import { BOOTSTRAP_DIR, bootstrapDatabase } from "./database/bootstrap-database.ts";
import { connect } from "./database/connect.ts";
import { connectionUrl, rolePassword, SUPERUSER } from "./database/connection-urls.ts";
import { runMigrations, runSeed } from "./database/run-migrations.ts";
import { syncVault } from "./database/sync-vault.ts";
import { baseEnvironment } from "./environment.ts";
import { findPostgresUser } from "./postgres/os-user.ts";
import { prepareServerFiles } from "./postgres/prepare-server-files.ts";
import { startPostgres } from "./postgres/start-postgres.ts";
import { keepRunning } from "./processes/keep-running.ts";
import type { KeptService } from "./processes/keep-running.ts";
import type { StackContext } from "./stack-context.ts";
import { StackError } from "./stack-error.ts";

/** Starts the embedded server and keeps it running; null when STACK_DB_URL names one. */
export async function startServer(context: StackContext): Promise<KeptService | null> {
  const { settings, secrets, logsDir } = context;
  if (settings.externalDbUrl) return null;
  const dir = join(settings.dataDir, "postgres");
  const user = await findPostgresUser();
  const binDir = await prepareServerFiles(
    settings.repoDir,
    join(dir, "server"),
    join(BOOTSTRAP_DIR, "extensions"),
  );
  return await keepRunning({
    name: "postgres",
    start: () =>
      startPostgres({
        binDir,
        clusterDir: join(dir, "data"),
        port: settings.dbPort,
        logPath: join(logsDir, "postgres.log"),
        user,
        superuser: SUPERUSER,
        password: rolePassword(SUPERUSER, settings, secrets),
        vaultKey: secrets.vaultKey,
        isDurable: settings.isDurable,
        env: baseEnvironment(settings),
      }),
    stopGraceMs: 20_000,
    registry: context.registry,
    log: context.log,
  });
}

/** Brings a running server up to date: bootstrap, migrations, Vault secrets, seed. */
export async function prepareDatabase({ settings, secrets, config, log }: StackContext): Promise<void> {
  const admin = connect(connectionUrl(SUPERUSER, settings, secrets));
  try {
    await admin`select 1`.catch((error) => {
      throw new StackError(`The database does not take connections (${error.message}); check STACK_DB_URL.`);
    });
    await bootstrapDatabase(admin, settings, secrets);
  } finally {
    await admin.end();
  }
  const sql = connect(connectionUrl("postgres", settings, secrets));
  try {
    await syncVault(sql, config.vault);
    const { applied, changed } = await runMigrations(sql, join(settings.supabaseDir, "migrations"));
    if (applied.length > 0) log(`applied ${applied.length} migration${applied.length === 1 ? "" : "s"}`);
    for (const file of changed) {
      log(`${file} changed after it was applied; \`npm run stack -- reset\` starts over with the new text`);
    }
    await runSeed(sql, settings.supabaseDir, config.seedPaths);
  } finally {
    await sql.end();
  }
}
