import assert from "node:assert/strict";

/** Agrees at the sandbox as `sandboxAccount` and returns what the finish page of the app gets in its fragment. */
export async function followConsent(url: string, sandboxAccount: string): Promise<URLSearchParams> {
  const authorize = await fetch(url, {
    redirect: "manual",
    headers: { "x-sandbox-account": sandboxAccount },
  });
  const page = await authorize.text();
  const callback = authorize.headers.get("location");
  assert.ok(callback, `consent answered ${authorize.status}: ${page}`);
  const back = await fetch(callback, { redirect: "manual" });
  await back.body?.cancel();
  assert.equal(back.status, 302);
  const target = new URL(back.headers.get("location")!);
  assert.equal(target.pathname, "/connect/finish");
  return new URLSearchParams(target.hash.slice(1));
}
