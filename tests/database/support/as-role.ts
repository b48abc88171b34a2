import type { Sql, Transaction } from "./database.ts";

export type Caller =
  | { role: "authenticated"; userId: string }
  | { role: "anon" }
  | { role: "service_role" };

/** Runs `work` in a transaction with the role and claims the Data API would set for this caller. */
export async function asRole<T>(sql: Sql, caller: Caller, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const claims = caller.role === "authenticated"
    ? { sub: caller.userId, role: caller.role }
    : { role: caller.role };
  return await sql.begin(async (tx) => {
    await tx`
      select set_config('request.jwt.claims', ${
      JSON.stringify(claims)
    }, true), set_config('role', ${caller.role}, true)`;
    return await work(tx);
  }) as T;
}

/** As `asRole`, for a signed-in user. */
export function asUser<T>(sql: Sql, userId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return asRole(sql, { role: "authenticated", userId }, work);
}
