export type ConsentAnswer =
  | { kind: "granted"; provider: string; code: string; state: string }
  | { kind: "failed"; provider: string; message: string; code: string | null };

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
  return { kind: "failed", provider, message: describeRefusal(fields), code: fields.get("error") };
}

/** Numbers with which Microsoft says that an administrator has to approve the app first. */
const NEEDS_APPROVAL = /AADSTS9009[345]\b/;

function describeRefusal(fields: URLSearchParams): string {
  const description = fields.get("error_description") ?? "";
  if (NEEDS_APPROVAL.test(description)) {
    return "Your organization wants an administrator to approve Cliprelay first. Ask them, then connect again.";
  }
  if (fields.get("error") === "access_denied") return "You did not give access, so nothing was changed.";
  // Behind the sentence Microsoft adds lines for its support.
  const sentence = description.replace(/^AADSTS\d+:\s*/, "").split(/\s*Trace ID:/)[0]?.trim();
  return sentence || fields.get("error") || "This address is not complete. Start again from the settings.";
}
