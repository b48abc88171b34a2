import { sha256Base64url } from "../../../supabase/functions/_shared/core/digest.ts";
import { createMicrosoftLoginClient } from "../../../supabase/functions/_shared/providers/microsoft/login-client.ts";
import { SANDBOX_APP } from "./sandbox.ts";

export const VERIFIER = "v".repeat(64);

/** The sign-in client of the sandbox's Microsoft at `loginUrl`, and how accounts sign in by it. */
export function createMicrosoftLogin(loginUrl: string, redirectUri: string) {
  const login = createMicrosoftLoginClient({ ...SANDBOX_APP, loginUrl, tenant: "common", redirectUri });

  /** The code of a consent; good once, with VERIFIER. */
  async function getCode(account: string): Promise<string> {
    const url = login.consentUrl("state-state-state-state", await sha256Base64url(VERIFIER));
    const response = await fetch(url, { redirect: "manual", headers: { "x-sandbox-account": account } });
    await response.body?.cancel();
    return new URL(response.headers.get("location")!).searchParams.get("code")!;
  }

  const signIn = async (account: string) => await login.exchangeCode(await getCode(account), VERIFIER);
  return { login, getCode, signIn };
}
