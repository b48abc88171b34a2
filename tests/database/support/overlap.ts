import assert from "node:assert/strict";
import { waitUntil } from "../../../stack/processes/wait-until.ts";
import type { Sql, Transaction } from "./database.ts";

/**
 * Runs `first`, starts `second` while the first transaction is open, and commits once the second waits for it. Throws
 * what `second` throws.
 */
export async function overlap(
  sql: Sql,
  begin: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
  first: (tx: Transaction) => Promise<unknown>,
  second: (tx: Transaction) => Promise<unknown>,
): Promise<void> {
  let waiting: Promise<unknown> = Promise.resolve();
  await begin(async (tx) => {
    await first(tx);
    waiting = begin(second);
    waiting.catch(() => {});
    const isBlocked = async () => {
      const [row] =
        await sql`select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock'`;
      return row!.count > 0;
    };
    assert.ok(
      await waitUntil(isBlocked, { timeoutMs: 30_000 }),
      "the second transaction waits for the first",
    );
  });
  await waiting;
}
