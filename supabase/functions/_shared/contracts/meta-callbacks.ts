import { z } from "zod";

/** What Meta posts to a callback, as a form. */
export const metaCallbackFormSchema = z.object({ signed_request: z.string().min(3).max(8192) });

/** Answer to a request to delete data: where its state is shown, and its code. */
export const dataDeletionAnswerSchema = z.object({ url: z.url(), confirmation_code: z.string() });

export const deletionCodeParamsSchema = z.object({ code: z.string().regex(/^[0-9A-Za-z]{16,64}$/) });

/** GET /meta/data-deletion/:code */
export const dataDeletionSchema = z.object({
  confirmation_code: z.string(),
  status: z.literal("completed"),
  requested_at: z.string(),
  completed_at: z.string(),
});

export type DataDeletion = z.infer<typeof dataDeletionSchema>;
