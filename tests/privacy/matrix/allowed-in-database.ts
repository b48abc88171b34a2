import type { TransactionSql } from "postgres";
import type { World } from "../support/world.ts";

class Rollback extends Error {}

/**
 * Whether the owner, under their own role and claims, reaches a row with this statement. It is taken back, so that
 * what follows finds the rows it needs.
 */
export async function allowedInDatabase(
  { sql, owner }: World,
  statement: (tx: TransactionSql) => Promise<{ count: number }>,
): Promise<boolean> {
  let count = 0;
  const claims = JSON.stringify({ sub: owner.id, role: "authenticated" });
  await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', 'authenticated', true)`;
    count = (await statement(tx)).count;
    throw new Rollback();
  }).catch((error) => {
    if (!(error instanceof Rollback)) throw error;
  });
  return count > 0;
}
