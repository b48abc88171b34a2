import type { TestAccount } from "./account.ts";

export interface Answer {
  status: number;
  // Bodies are checked field by field in the tests.
  body: Record<string, unknown> & { [name: string]: unknown };
  headers: Headers;
}

interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  redirect?: RequestRedirect;
}

/** Calls `/functions/v1/<path>` through the gateway, as `account` or without credentials. */
export async function callFunction(
  env: Readonly<Record<string, string>>,
  account: TestAccount | null,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const headers = new Headers({ apikey: env.PUBLISHABLE_KEY!, ...options.headers });
  if (account) headers.set("authorization", `Bearer ${account.token}`);
  if (options.body !== undefined) headers.set("content-type", "application/json");
  const response = await fetch(`${env.API_URL}/functions/v1/${path}`, {
    method,
    headers,
    redirect: options.redirect ?? "manual",
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
  });
  const text = await response.text();
  return { status: response.status, body: text ? parse(text) : {}, headers: response.headers };
}

function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
