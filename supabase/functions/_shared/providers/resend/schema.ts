import { z } from "zod";

/** Answer to a sent mail. Rule: Resend API reference, "Send Email". */
export const sentMailSchema = z.object({ id: z.string().min(1).max(200) });

/** Body of every refusal. Rule: Resend API reference, "Errors". */
export const resendErrorSchema = z.object({ name: z.string().max(100), message: z.string().max(2000) });
