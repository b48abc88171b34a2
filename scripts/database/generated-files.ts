import type postgres from "postgres";
import { dumpSchema } from "./dump-schema.ts";
import { generateTypes } from "./generate-types.ts";

export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly generate: (sql: postgres.Sql) => Promise<string>;
}

/** The committed files that are made from a database with every migration applied. */
export const GENERATED_FILES: readonly GeneratedFile[] = [
  { path: "supabase/functions/_shared/db/database.types.ts", generate: generateTypes },
  { path: "supabase/schema.sql", generate: dumpSchema },
];
