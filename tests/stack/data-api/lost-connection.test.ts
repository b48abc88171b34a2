import assert from "node:assert/strict";
import { describeDatabaseError } from "../../../stack/api/describe-database-error.ts";

for (const code of ["CONNECTION_CLOSED", "CONNECT_TIMEOUT", "ECONNREFUSED", "57P01", "57P03"]) {
  Deno.test(`a database that is away (${code}) is 503, as PostgREST says it`, () => {
    const { message, detail } = describeDatabaseError({ code, message: "gone" }) as Record<string, string>;
    assert.equal(JSON.parse(detail!).status, 503);
    assert.deepEqual(JSON.parse(message!), {
      code: "PGRST001",
      message: "Database connection error. Retrying the connection.",
      details: "gone",
      hint: null,
    });
  });
}
