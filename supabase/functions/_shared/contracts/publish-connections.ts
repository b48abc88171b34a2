import { z } from "zod";
import { platformSchema } from "./publish.ts";

/** Ways to connect an Instagram account: through a Facebook Page, or with Instagram's own sign-in. */
export const INSTAGRAM_ROUTES = ["facebook_login", "instagram_login"] as const;

export const platformParamsSchema = z.object({ platform: platformSchema });

/** POST /connections/:platform/auth-url; `route` is for Instagram alone. */
export const publishAuthUrlRequestSchema = z.object({ route: z.enum(INSTAGRAM_ROUTES).optional() }).strict();

export type PublishAuthUrlRequest = z.infer<typeof publishAuthUrlRequestSchema>;
