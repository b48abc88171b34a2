import type { Database } from "../../../supabase/functions/_shared/db/database.types.ts";

type Tables = Database["public"]["Tables"];

/** A row of a table as the Data API returns it. */
export type Row<T extends keyof Tables> = Tables[T]["Row"];

/** What an update of a table may carry. */
export type Patch<T extends keyof Tables> = Tables[T]["Update"];
