import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addUser } from "../support/fixtures.ts";
import { addConnection } from "./support.ts";

Deno.test("Accounts whose renewal fails again and again keep nobody else from being renewed", async () => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const userId = await addUser(admin);
  const addDue = async (minutesLeft: number) => {
    const connectionId = await addConnection(admin, userId);
    await admin`
      insert into private.oauth_tokens (connection_id, user_id, access_token, grant_key, key_id, expires_at, updated_at)
      values (
        ${connectionId}, ${userId}, 't', ${connectionId}, 'k1', now() + make_interval(mins => ${minutesLeft}),
        now() - interval '45 minutes'
      )`;
    return connectionId;
  };
  for (let count = 0; count < 3; count++) await addDue(-600);
  const healthy = await addDue(10);

  const holder = crypto.randomUUID();
  const claim = () => sql`select connection_id from public.claim_due_oauth_refreshes(${holder}, 45, 3)`;
  const seen: string[] = [];
  for (let run = 0; run < 2; run++) {
    for (const { connection_id: id } of await claim()) {
      seen.push(id);
      await sql`select public.fail_oauth_refresh(${id}, ${holder}, 'status_502', false)`;
    }
  }
  assert.ok(seen.includes(healthy));
});
