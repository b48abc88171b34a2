import { AppError } from "../core/app-error.ts";
import type { PlatformEnv } from "../core/env.ts";
import type { DatabaseClients } from "./clients.ts";
import { readDatabaseError, translateDatabaseError, unwrap } from "./database-answer.ts";
import { type ExportPage, readExportPage } from "./export-page.ts";

type DataEnv = Pick<PlatformEnv, "SUPABASE_URL" | "SUPABASE_PUBLISHABLE_KEYS">;

export interface SessionRow {
  id: string;
  created_at: string;
  last_seen_at: string;
  user_agent: string;
  ip: string;
  aal: string;
  is_current: boolean;
}

export type AccountData = ReturnType<typeof createAccountData>;

/** What belongs to the caller, read as the caller under row level security. */
export function createAccountData(
  env: DataEnv,
  { asCaller }: Pick<DatabaseClients, "asCaller">,
  doFetch: typeof fetch = fetch,
) {
  return {
    async listTables(callerToken: string): Promise<string[]> {
      return unwrap(await asCaller(callerToken).rpc("list_export_tables"));
    },

    /**
     * Up to `limit` rows of a table behind `after`, the `next` of the page before. Asked past supabase-js, which would
     * parse the rows: of all of them that is most of the CPU time a call has.
     */
    async *readPage(callerToken: string, table: string, limit: number, after: string | null): ExportPage {
      const response = await doFetch(`${env.SUPABASE_URL}/rest/v1/rpc/export_rows`, {
        method: "POST",
        headers: {
          apikey: env.SUPABASE_PUBLISHABLE_KEYS.default,
          authorization: `Bearer ${callerToken}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ p_table: table, p_limit: limit, p_after: after }),
      }).catch((cause) => {
        throw new AppError("temporarily_unavailable", { cause });
      });
      if (!response.ok) {
        const body = new Uint8Array(await response.arrayBuffer());
        throw translateDatabaseError(readDatabaseError(body), response.status);
      }
      return yield* readExportPage(response.body ?? ReadableStream.from([]));
    },

    /** Sessions of the caller; refused with invalid_credentials when their own was ended. */
    async listSessions(callerToken: string): Promise<SessionRow[]> {
      return unwrap(await asCaller(callerToken).rpc("list_own_sessions"));
    },
  };
}
