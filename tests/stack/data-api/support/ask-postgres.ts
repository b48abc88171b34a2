import postgres from "postgres";
import { decodeJwt } from "jose";
import type { World } from "../../../privacy/support/world.ts";
import { writeCall } from "./call-text.ts";
import type { FilledShape } from "./fill-shape.ts";
import { writeQuery } from "./query-text.ts";
import { statusOfState } from "./status-of-state.ts";

/** What PostgREST answers by its documentation: the rows as Postgres writes them, or the database's error. */
export interface ExpectedAnswer {
  readonly status: number;
  readonly data: unknown;
  readonly error: Readonly<Record<string, unknown>> | null;
}

class TakenBack extends Error {}

/** Asks the database itself, under the same role and claims, in a transaction that is taken back. */
export async function askPostgres({ sql, owner }: World, shape: FilledShape): Promise<ExpectedAnswer> {
  const { text, parameters, status } = shape.routine ? await writeCall(sql, shape) : writeQuery(shape);
  const claims = shape.routine?.isForUsers ?? true ? decodeJwt(owner.token) : { role: "service_role" };
  let data: unknown = null;
  try {
    await sql.begin(async (tx) => {
      await tx`
        select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
          set_config('timezone', 'UTC', true), set_config('role', ${String(claims.role)}, true)`;
      const [row] = await tx.unsafe(text, parameters as postgres.ParameterOrJSON<never>[]);
      data = JSON.parse(row?.body ?? "null");
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) {
      if (!(error instanceof TakenBack)) throw error;
      return { status, data, error: null };
    }
    const { code, message, detail = null, hint = null } = error;
    return { status: statusOfState(code), data: null, error: { code, message, details: detail, hint } };
  }
  throw new Error("The transaction was kept.");
}
