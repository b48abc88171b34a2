import type { Marketplace } from "../../../supabase/functions/_shared/contracts/marketplaces.ts";

const HOSTS: Record<Marketplace, string> = {
  US: "www.amazon.com",
  CA: "www.amazon.ca",
  UK: "www.amazon.co.uk",
  DE: "www.amazon.de",
};

/** The product's page in a marketplace. */
export function amazonAddress(marketplace: Marketplace, asin: string): string {
  return `https://${HOSTS[marketplace]}/dp/${asin}`;
}
