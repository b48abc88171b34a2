import type { Marketplace } from "./marketplaces.ts";

/** Hosts of the Amazon marketplaces. */
export const AMAZON_HOSTS: Record<Marketplace, string> = {
  US: "www.amazon.com",
  CA: "www.amazon.ca",
  UK: "www.amazon.co.uk",
  DE: "www.amazon.de",
};

/** The product's page in a marketplace. */
export const toAmazonLink = (marketplace: Marketplace, asin: string): string =>
  `https://${AMAZON_HOSTS[marketplace]}/dp/${asin}`;
