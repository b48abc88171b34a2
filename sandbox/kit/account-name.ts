/** `ann+work` is the account `ann` with the trait `work`; the whole string is the account's identity. */
export interface AccountName {
  full: string;
  base: string;
  traits: ReadonlySet<string>;
}

/** Splits an account name; null when it is empty or has characters an account cannot have. */
export function parseAccountName(text: string): AccountName | null {
  const full = text.trim().toLowerCase();
  if (!/^[a-z0-9][a-z0-9._-]{0,63}(\+[a-z0-9-]{1,20})*$/.test(full)) return null;
  const [base = "", ...traits] = full.split("+");
  return { full, base, traits: new Set(traits) };
}
