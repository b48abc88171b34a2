import { createClient, type SupabaseClient } from "@supabase/supabase-js";

/** A fresh account of the stack under test, with its own client and session. */
export interface TestAccount {
  id: string;
  token: string;
  client: SupabaseClient;
}

type StackEnv = Readonly<Record<string, string>>;

/** Signs a new person up, as the web app does. */
export async function createAccount(env: StackEnv): Promise<TestAccount> {
  const client = createClient(env.API_URL!, env.PUBLISHABLE_KEY!, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const email = `${crypto.randomUUID()}@example.com`;
  const { data, error } = await client.auth.signUp({ email, password: "correct-horse-battery" });
  if (error || !data.session || !data.user) {
    throw new Error(`Sign-up failed: ${error?.message ?? "no session"}`);
  }
  return { id: data.user.id, token: data.session.access_token, client };
}

/** A client with the secret key: what the operator sees. */
export function createOperator(env: StackEnv): SupabaseClient {
  return createClient(env.API_URL!, env.SECRET_KEY!, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
}

/** Adds a product to an account and returns its id. */
export async function createProduct(account: TestAccount, asin: string): Promise<string> {
  const { data, error } = await account.client.from("sourced_products")
    .insert({ asin, marketplace: "US", title: `Product ${asin}` }).select("id").single();
  if (error) throw new Error(`Product refused: ${error.message}`);
  return data.id;
}
