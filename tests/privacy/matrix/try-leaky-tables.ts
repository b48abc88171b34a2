import assert from "node:assert/strict";
import { listRelations } from "../support/catalog.ts";
import { createTally } from "../support/tally.ts";
import type { World } from "../support/world.ts";
import { eventually } from "../../support/eventually.ts";
import { send } from "../support/send.ts";
import { insiders, type Intruder } from "../support/callers.ts";
import { tryTable } from "./try-tables.ts";

const LEAKS = [
  {
    title: "no row level security",
    rls: false,
    policy: "true",
    rows: true,
    complaint: /no row level security/,
  },
  { title: "a policy for everybody", rls: true, policy: "true", rows: true, complaint: /leaky select|leaks/ },
  {
    title: "a policy that refuses even the owner",
    rls: true,
    policy: "false",
    rows: true,
    complaint: /is refused what/,
  },
  {
    title: "no row of the owner",
    rls: true,
    policy: "true",
    rows: false,
    complaint: /without a row in leaky/,
  },
];

/** Proves that the matrix notices: adds tables as a careless migration would, and expects each to be reported. */
export async function tryLeakyTables(world: World, intruders: Intruder[]): Promise<void> {
  const { sql, env, owner } = world;
  for (const { title, rls, policy, rows, complaint } of LEAKS) {
    await sql`create table public.leaky (user_id uuid not null, note text)`;
    try {
      await sql`grant select on public.leaky to authenticated`;
      await sql`create policy leak on public.leaky for select to authenticated using (${sql.unsafe(policy)})`;
      if (rls) await sql`alter table public.leaky enable row level security`;
      if (rows) await sql`insert into public.leaky values (${owner.id}, 'a note')`;
      await sql`notify pgrst, 'reload schema'`;
      const headers = insiders(world).owner;
      const url = `${env.API_URL}/rest/v1/leaky?limit=1`;
      await eventually(
        "the Data API knows the table",
        async () => (await send("GET", url, { headers })).status === 200,
      );
      const leaky = (await listRelations(sql, "public")).find(({ name }) => name === "leaky")!;
      await assert.rejects(tryTable(world, leaky, intruders, createTally(world)), complaint, title);
    } finally {
      await sql`drop table public.leaky`;
      await sql`notify pgrst, 'reload schema'`;
    }
  }
}
