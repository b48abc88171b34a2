import type { Marketplace } from "../../../supabase/functions/_shared/contracts/marketplaces.ts";

const HOSTS: Record<Marketplace, string> = {
  US: "www.amazon.com",
  CA: "www.amazon.ca",
  UK: "www.amazon.co.uk",
  DE: "www.amazon.de",
};

/** The marketplace of a pasted Amazon address, or null when the text is no address of one we know. */
export function readMarketplace(text: string): Marketplace | null {
  const host = /^(?:https?:\/\/)?(?:[a-z]+\.)?(amazon\.[a-z.]+)(?=[/?#]|$)/i.exec(text.trim())?.[1]
    ?.toLowerCase();
  const known = Object.entries(HOSTS).find(([, each]) => each === `www.${host}`);
  return known ? known[0] as Marketplace : null;
}

/** The product's page in a marketplace. */
export function amazonAddress(marketplace: Marketplace, asin: string): string {
  return `https://${HOSTS[marketplace]}/dp/${asin}`;
}
