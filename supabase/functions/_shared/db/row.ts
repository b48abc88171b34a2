import type { Database } from "./database.types.ts";

type Tables = Database["public"]["Tables"];

/**
 * A row as generated, with the columns whose check constraints the generator does not see narrowed to their values.
 * Queries cast to it: the constraint is the proof.
 */
export type Row<Table extends keyof Tables, Narrowed = unknown> =
  & Omit<Tables[Table]["Row"], keyof Narrowed>
  & Narrowed;
