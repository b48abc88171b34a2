import { z } from "zod";
import { platformSchema, publishConnectionSchema } from "./publish.ts";

/** Ways to connect an Instagram account: through a Facebook Page, or with Instagram's own sign-in. */
export const INSTAGRAM_ROUTES = ["facebook_login", "instagram_login"] as const;

export const platformParamsSchema = z.object({ platform: platformSchema });

/** POST /connections/:platform/auth-url; `route` is for Instagram alone. */
export const publishAuthUrlRequestSchema = z.object({ route: z.enum(INSTAGRAM_ROUTES).optional() }).strict();

export type PublishAuthUrlRequest = z.infer<typeof publishAuthUrlRequestSchema>;

/** Blanks around a copied key are nobody's; `=` at its end belongs to it. */
const apiKeySchema = z
  .string()
  .trim()
  .min(8)
  .max(500)
  .regex(/^[\x21-\x7e]+$/, "This is not an API key. Copy it again, without anything around it.");

/** POST /connections/tiktok/blotato: a key, then the account chosen of those it gives access to; or both at once. */
export const keyRequestSchema = z
  .object({ api_key: apiKeySchema.optional(), account_id: z.string().min(1).max(200).optional() })
  .strict()
  .refine(({ api_key, account_id }) => api_key !== undefined || account_id !== undefined, {
    path: ["api_key"],
    message: "Send api_key, or account_id to go on with the key sent before.",
  });

/** The accounts of a key; until `expires_at` one of them can be chosen without sending the key again. */
export const offeredAccountsSchema = z.object({
  accounts: z.array(
    z.object({ id: z.string(), name: z.string().nullable(), handle: z.string().nullable() }),
  ),
  expires_at: z.iso.datetime({ offset: true }),
});

export const keyAnswerSchema = z.union([offeredAccountsSchema, publishConnectionSchema]);

export type KeyRequest = z.infer<typeof keyRequestSchema>;
export type OfferedAccounts = z.infer<typeof offeredAccountsSchema>;
