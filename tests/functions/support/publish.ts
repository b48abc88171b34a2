import assert from "node:assert/strict";
import type { TestAccount } from "./account.ts";
import { type Answer, callFunction } from "./call-function.ts";
import { followConsent } from "./follow-consent.ts";

type StackEnv = Readonly<Record<string, string>>;

/** Consents at the sandbox as `sandboxAccount` and returns what the finish page gets in its fragment. */
export async function consentTo(
  env: StackEnv,
  account: TestAccount,
  platform: string,
  sandboxAccount: string,
  body?: { route: string },
): Promise<URLSearchParams> {
  const started = await callFunction(
    env,
    account,
    "POST",
    `publish/connections/${platform}/auth-url`,
    { body },
  );
  assert.equal(started.status, 200, JSON.stringify(started.body));
  const fragment = await followConsent(String(started.body.url), sandboxAccount);
  assert.equal(fragment.get("provider"), platform);
  return fragment;
}

/** Ends a sign-in as `account`. */
export function finishPublish(
  env: StackEnv,
  account: TestAccount,
  platform: string,
  fragment: URLSearchParams,
): Promise<Answer> {
  const body = { code: fragment.get("code"), state: fragment.get("state") };
  return callFunction(
    env,
    account,
    "POST",
    `publish/connections/${platform}/finish`,
    { body },
  );
}

/** Connects a sandbox account, by default a new one, and returns the connection. */
export async function connectPlatform(
  env: StackEnv,
  account: TestAccount,
  platform: string,
  name = `u-${crypto.randomUUID()}`,
  body?: { route: string },
) {
  const fragment = await consentTo(env, account, platform, name, body);
  const answer = await finishPublish(env, account, platform, fragment);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body as {
    id: string;
    platform: string;
    status: string;
    account_name: string;
    expires_at: string;
  };
}

/** The caller's publishing accounts. */
export async function listAccounts(env: StackEnv, account: TestAccount) {
  const { status, body } = await callFunction(env, account, "GET", "publish/connections");
  assert.equal(status, 200);
  return body as unknown as {
    id: string;
    platform: string;
    status: string;
    account_name: string;
  }[];
}
