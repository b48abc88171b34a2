import postgres from "postgres";
import type { Caller } from "./caller.ts";
import { describeDatabaseError } from "./describe-database-error.ts";

/** One transaction. `bigint` columns come as numbers. */
export type Tx = postgres.TransactionSql<{ bigint: number }>;

export interface Database {
  /**
   * Runs `work` in one transaction as the caller's role, with the claims policies read.
   * @param operation name policies see in storage.operation(), e.g. storage.object.upload
   * @throws StorageError for a refusal of the database
   */
  run<T>(caller: Caller, operation: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Like `run`, and takes everything back: asks the policies whether something would be allowed. */
  rehearse(caller: Caller, operation: string, work: (tx: Tx) => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 10;
const STATEMENT_TIMEOUT_MS = 30_000;
/** Thrown inside a rehearsal to roll it back. */
const ROLLBACK = Symbol("rollback");

/** Opens a pool that logs in once and takes on the role of each caller within its transaction. */
export function createDatabase(url: string): Database {
  const sql = postgres(url, {
    max: MAX_CONNECTIONS,
    idle_timeout: 60,
    onnotice: () => {},
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
    connection: {
      application_name: "storage",
      search_path: "storage, public, extensions",
      statement_timeout: STATEMENT_TIMEOUT_MS,
    },
  });

  async function run<T>(caller: Caller, operation: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      const result = await sql.begin(async (tx) => {
        await takeScope(tx, caller, operation);
        return { value: await work(tx) };
      });
      return (result as { value: T }).value;
    } catch (error) {
      throw describeDatabaseError(error);
    }
  }

  return {
    run,
    rehearse: async (caller, operation, work) => {
      try {
        await run(caller, operation, async (tx) => {
          await work(tx);
          throw ROLLBACK;
        });
      } catch (error) {
        if (error !== ROLLBACK) throw error;
      }
    },
    close: () => sql.end({ timeout: 2 }),
  };
}

async function takeScope(tx: Tx, caller: Caller, operation: string): Promise<void> {
  await tx`
    select set_config('role', ${caller.role}, true),
      set_config('request.jwt.claim.role', ${caller.role}, true),
      set_config('request.jwt.claim.sub', ${caller.sub ?? ""}, true),
      set_config('request.jwt.claims', ${JSON.stringify(caller.claims)}, true),
      set_config('storage.operation', ${operation}, true),
      set_config('storage.allow_delete_query', 'true', true)`;
}
