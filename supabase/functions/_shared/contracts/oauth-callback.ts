import { z } from "zod";

const MAX_FIELD = 8192;

/** What an authorization server adds to a redirect (RFC 6749, 4.1.2). */
export const callbackQuerySchema = z.object({
  code: z.string().max(MAX_FIELD).optional(),
  state: z.string().max(512).optional(),
  error: z.string().max(256).optional(),
  error_description: z.string().max(MAX_FIELD).optional(),
});
