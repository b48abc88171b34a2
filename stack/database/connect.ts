import postgres from "postgres";

/** A small pool for the stack's own statements. Notices are dropped; the caller ends it. */
export function connect(url: string, max = 1): postgres.Sql {
  return postgres(url, {
    max,
    onnotice: () => {},
    connection: { application_name: "cliprelay stack" },
    // Statements run once; preparing them would cost a round trip and hold plans across DDL.
    prepare: false,
  });
}
