import { GoogleAccount } from "../../tests/sandbox/support/google-account.ts";
import type { SandboxProcess } from "../../tests/sandbox/support/sandbox-process.ts";
import type { TestStack } from "../../tests/support/stack.ts";
import type { Sink } from "./pipe-by-curl.ts";

/** A YouTube session of somebody's channel, opened without the product, that nobody sends to yet. */
export async function openPlainYoutube(
  env: TestStack["env"],
  person: string,
  sizeBytes: number,
): Promise<Sink> {
  const google = await GoogleAccount.connect(asSandbox(env), person);
  return { method: "PUT", url: await google.openSession(sizeBytes) };
}

/** The stack's own sandbox, as the tests of sandboxes see theirs. */
function asSandbox(env: TestStack["env"]): SandboxProcess {
  return {
    urls: env,
    clientId: env.SANDBOX_CLIENT_ID!,
    clientSecret: env.SANDBOX_CLIENT_SECRET!,
    redirectUri: env.SANDBOX_REDIRECT_URI!,
  } as unknown as SandboxProcess;
}
