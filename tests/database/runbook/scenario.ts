import type { Sql } from "../support/database.ts";

type Row = Record<string, unknown>;

export interface RunbookWorld {
  /** Role `postgres`, nobody signed in: what Studio's SQL editor has. */
  readonly sql: Sql;
  /** A connection whose writes no trigger sees, for states that a fault or a restore leaves behind. */
  readonly careless: Sql;
  /** Runs the snippet with values for its placeholders; rows of its last statement. */
  readonly run: (values?: Readonly<Record<string, string>>) => Promise<Row[]>;
}

/** Prepares the broken state, runs the snippet, and checks what the page promises. */
export type Scenario = (world: RunbookWorld) => Promise<void>;
