import { z } from "zod";
import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

const pageSchema = z.object({
  rows: z.string(),
  count: z.number().int(),
  after: z.record(z.string(), z.json()).nullable(),
});

/** A page of rows as text: JSON objects joined by commas. `after` is the key the next page starts behind. */
export type ExportPage = z.infer<typeof pageSchema>;

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
  { asCaller }: Pick<DatabaseClients, "asCaller">,
) {
  return {
    async listTables(callerToken: string): Promise<string[]> {
      return unwrap(await asCaller(callerToken).rpc("list_export_tables"));
    },

    async readPage(
      callerToken: string,
      table: string,
      limit: number,
      after: ExportPage["after"],
    ): Promise<ExportPage> {
      return pageSchema.parse(unwrap(
        await asCaller(callerToken).rpc("export_rows", {
          p_table: table,
          p_limit: limit,
          p_after: after ?? undefined,
        }),
      ));
    },

    /** Sessions of the caller; refused with invalid_credentials when their own was ended. */
    async listSessions(callerToken: string): Promise<SessionRow[]> {
      return unwrap(await asCaller(callerToken).rpc("list_own_sessions"));
    },
  };
}
