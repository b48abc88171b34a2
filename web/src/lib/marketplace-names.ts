import type { Marketplace } from "../../../supabase/functions/_shared/contracts/marketplaces.ts";

/** Marketplaces in words, in the order they are offered. */
export const MARKETPLACE_NAMES: Record<Marketplace, string> = {
  US: "United States",
  CA: "Canada",
  UK: "United Kingdom",
  DE: "Germany",
};
