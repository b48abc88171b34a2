export type ConsentAnswer =
  | { kind: "granted"; provider: string; code: string; state: string }
  | { kind: "failed"; message: string };

/**
 * What a consent page sent back behind the hash: `#provider=&code=&state=`, or `#error=` with the provider's
 * reason.
 */
export function readConsentAnswer(hash: string): ConsentAnswer {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const provider = fields.get("provider") ?? "onedrive";
  const code = fields.get("code");
  const state = fields.get("state");
  if (code && state) return { kind: "granted", provider, code, state };
  if (fields.get("error") === "access_denied") {
    return { kind: "failed", message: "You did not give access, so nothing was changed." };
  }
  const reason = fields.get("error_description") ?? fields.get("error");
  return {
    kind: "failed",
    message: reason ?? "This address is not complete. Start again from the settings.",
  };
}
