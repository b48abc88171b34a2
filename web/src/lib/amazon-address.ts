import { AMAZON_HOSTS } from "../../../supabase/functions/_shared/contracts/amazon-link.ts";
import type { Marketplace } from "../../../supabase/functions/_shared/contracts/marketplaces.ts";

/** The marketplace of a pasted Amazon address, or null when the text is no address of one we know. */
export function readMarketplace(text: string): Marketplace | null {
  const host = /^(?:https?:\/\/)?(?:[a-z]+\.)?(amazon\.[a-z.]+)(?=[/?#]|$)/i.exec(text.trim())?.[1]
    ?.toLowerCase();
  const known = Object.entries(AMAZON_HOSTS).find(([, each]) => each === `www.${host}`);
  return known ? known[0] as Marketplace : null;
}
