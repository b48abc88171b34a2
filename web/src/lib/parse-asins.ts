const ASIN = /^[A-Z0-9]{10}$/;
const PRODUCT_ADDRESS =
  /\/(?:dp|gp\/product|gp\/aw\/d|exec\/obidos\/asin|product)\/([a-z0-9]{10})(?=[/?#]|$)/i;

export interface ParsedAsins {
  /** Each ASIN once, upper-case, in the order they were found. */
  asins: string[];
  /** Pieces that are no ASIN and no Amazon address. */
  rejected: string[];
}

/**
 * Reads ASINs out of pasted text: separated by spaces, commas, semicolons or lines, in any letter case, bare or
 * inside an Amazon product address.
 */
export function parseAsins(text: string): ParsedAsins {
  const asins = new Set<string>();
  const rejected = new Set<string>();
  for (const piece of text.split(/[\s,;|]+/).filter(Boolean)) {
    const asin = readAsin(piece);
    if (asin) asins.add(asin);
    else rejected.add(piece);
  }
  return { asins: [...asins], rejected: [...rejected] };
}

/** The ASIN of one piece of text (bare or an Amazon address), or null. */
export function readAsin(text: string): string | null {
  const bare = text.trim().replace(/^["'(]+|["').]+$/g, "").toUpperCase();
  if (ASIN.test(bare)) return bare;
  return PRODUCT_ADDRESS.exec(text.trim())?.[1]?.toUpperCase() ?? null;
}
