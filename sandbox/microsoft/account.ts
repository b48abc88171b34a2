import { createHash } from "node:crypto";
import type { AccountName } from "../kit/account-name.ts";

export type AccountKind = "personal" | "business";

/** A Microsoft account. Its ids follow from the name, so the same name is the same account after a reset. */
export interface Account {
  name: string;
  kind: AccountKind;
  id: string;
  tenantId: string;
  displayName: string;
  email: string;
  driveId: string;
  hasDrive: boolean;
  /** Scopes which the user leaves out when asked. */
  declines: readonly string[];
}

/** The tenant of all personal accounts. */
export const PERSONAL_TENANT_ID = "9188040d-6c67-4c5b-b112-36a304b66dad";

/** `+work` makes a work account, `+declined` refuses file access, `+nodrive` has no OneDrive, `+special` has items that are neither file nor folder. */
export function createAccount(name: AccountName, kindByDefault: AccountKind): Account {
  const kind = name.traits.has("work") ? "business" : kindByDefault;
  const hash = createHash("sha256").update(`account ${name.full}`).digest("hex");
  const isBusiness = kind === "business";
  return {
    name: name.full,
    kind,
    id: isBusiness ? toGuid(hash) : hash.slice(0, 16),
    tenantId: isBusiness ? toGuid(createHash("sha256").update("tenant").digest("hex")) : PERSONAL_TENANT_ID,
    displayName: name.base.split(/[._-]/).filter(Boolean).map(capitalize).join(" "),
    email: isBusiness ? `${name.base}@contoso.example` : `${name.base}@outlook.example`,
    driveId: isBusiness ? `b!${hash.slice(0, 44)}` : hash.slice(0, 16).toUpperCase(),
    hasDrive: !name.traits.has("nodrive"),
    declines: name.traits.has("declined") ? ["Files.ReadWrite", "Files.ReadWrite.All", "Files.Read"] : [],
  };
}

function toGuid(hex: string): string {
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join("-");
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
