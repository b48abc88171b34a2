import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { createClient } from "@supabase/supabase-js";
import type { SupabaseClient } from "@supabase/supabase-js";
import { decodeJwt } from "jose";
import { startStack } from "../support/stack.ts";

const supabaseDir = fileURLToPath(new URL("fixtures/supabase", import.meta.url));
const stack = await startStack({ basePort: 56100, supabaseDir });
const { API_URL, PUBLISHABLE_KEY, SECRET_KEY } = stack.env as Record<string, string>;
addEventListener("unload", () => {});

function connect(key = PUBLISHABLE_KEY!): SupabaseClient {
  return createClient(API_URL!, key, { auth: { persistSession: false, autoRefreshToken: false } });
}

async function signUp(email: string): Promise<SupabaseClient> {
  const client = connect();
  const { error } = await client.auth.signUp({ email, password: "correct horse" });
  assert.equal(error, null);
  return client;
}

Deno.test("sign-up opens a session whose token has GoTrue's claims", async () => {
  const client = connect();
  const { data, error } = await client.auth.signUp({
    email: "claims@example.test",
    password: "correct horse",
    options: { data: { display_name: "Claims" } },
  });
  assert.equal(error, null);
  const claims = decodeJwt(data.session!.access_token);
  console.log(claims);
  const again = await client.auth.refreshSession();
  console.log(decodeJwt(again.data.session!.access_token));
  const user = await client.auth.getUser();
  assert.equal(user.error, null);
  console.log(await client.from("notes").select());
  console.log(await client.from("notes").insert({ body: "x" }).select());
  console.log(await client.from("notes").insert({ body: "" }).select());
  console.log(await client.from("ungranted").select());
  console.log(await connect(SECRET_KEY).from("ungranted").select());
  console.log(await connect().from("ungranted").select());
  console.log(await connect(SECRET_KEY).schema("private").from("hidden").select());
  console.log(await client.rpc("raise_rule"));
  console.log(await client.rpc("raise_plain"));
  console.log(await client.rpc("whoami"));
  console.log(await connect().rpc("sleep_for", { seconds: 4 }));
  console.log(await connect(SECRET_KEY).from("numbers").select());
  console.log(await (await fetch(API_URL + "/rest/v1/numbers")).text());
  console.log(
    await (await fetch(API_URL + "/functions/v1/hello/abc?x=1", { method: "POST", body: "hi" })).text(),
  );
  console.log(await (await fetch(API_URL + "/functions/v1/locked")).text());
});

Deno.test("stop", async () => {
  await stack.stop();
});
