import { z } from "zod";

/** Amazon marketplaces a task can belong to. Compared with the SQL check constraints by a test. */
export const MARKETPLACES = ["US", "CA", "UK", "DE"] as const;

export const marketplaceSchema = z.enum(MARKETPLACES);

export type Marketplace = z.infer<typeof marketplaceSchema>;

/** An Amazon Standard Identification Number: ten upper-case letters or digits. */
export const asinSchema = z.string().regex(/^[A-Z0-9]{10}$/, "An ASIN has ten letters or digits.");
