import { ProviderUserError } from "../../core/provider-errors.ts";
import { PROVIDER } from "./error-answer.ts";

/** Where an item lies below `/me/drive/`; id "root" is the top of the drive. */
export function toItemAddress(itemId: string): string {
  // Dot segments survive encoding and would name another address.
  if (/^\.+$/.test(itemId)) throw new ProviderUserError(PROVIDER, "folder_not_found");
  return itemId === "root" ? "root" : `items/${encodeURIComponent(itemId)}`;
}
