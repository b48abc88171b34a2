import { z } from "zod";

/** States of a connected account as a user sees them. */
export const CONNECTION_STATUSES = [
  "connected",
  "expiring",
  "expired",
  "error",
  "disconnected",
] as const;

export const connectionStatusSchema = z.enum(CONNECTION_STATUSES);

/** What every provider's `finish` route answers. */
export const connectionSchema = z.object({
  id: z.uuid(),
  platform: z.string(),
  status: connectionStatusSchema,
  account_name: z.string().nullable(),
  expires_at: z.iso.datetime({ offset: true }).nullable(),
});

/** What the web page at /connect/finish sends on after the provider's consent page. */
export const finishRequestSchema = z.object({
  code: z.string().min(1).max(8192),
  state: z.string().min(16).max(512),
});

export const authUrlResponseSchema = z.object({ url: z.url() });

export type Connection = z.infer<typeof connectionSchema>;
export type FinishRequest = z.infer<typeof finishRequestSchema>;
