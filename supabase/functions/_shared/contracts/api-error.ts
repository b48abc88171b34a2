import { z } from "zod";

/** Body of every failed answer. `message` is a sentence for a person; `code` is listed in docs/errors.md. */
export const apiErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.string(),
  details: z.unknown().optional(),
});

export type ApiError = z.infer<typeof apiErrorSchema>;
