import { z } from "zod";
import { ResendFailure } from "./resend-failure.ts";

const MAX_RECIPIENTS = 50;
const MAX_ATTACHMENT_BYTES = 40 * 1024 * 1024;

/** `a@b.c` or `Name <a@b.c>`. */
const address = z.string().regex(/^(?:[^<>]*<\s*[^\s@<>]+@[^\s@<>]+\s*>|[^\s@<>]+@[^\s@<>]+)$/);
const addresses = z.union([address.transform((one) => [one]), z.array(address).min(1).max(MAX_RECIPIENTS)]);

const mailSchema = z.object({
  from: address,
  to: addresses,
  subject: z.string(),
  html: z.string().nullish(),
  text: z.string().nullish(),
  cc: addresses.nullish(),
  bcc: addresses.nullish(),
  reply_to: addresses.nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  tags: z.array(z.object({
    name: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/),
    value: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/),
  })).nullish(),
  attachments: z.array(z.object({
    filename: z.string().min(1),
    content: z.string().nullish(),
    path: z.string().nullish(),
    content_type: z.string().nullish(),
    content_id: z.string().nullish(),
  })).nullish(),
  scheduled_at: z.string().nullish(),
  topic_id: z.string().nullish(),
});

export type MailInput = z.output<typeof mailSchema>;

/** A mail as it lies in the mailbox. */
export interface StoredMail extends MailInput {
  id: string;
  created_at: string;
  last_event: "delivered" | "bounced" | "complained" | "scheduled" | "canceled";
}

/** Checks the body of a send call. Throws 422 with the name Resend gives that mistake. */
export function readMail(body: unknown): MailInput {
  if (body === null || typeof body !== "object") {
    throw new ResendFailure(422, "missing_required_field", "Missing `to` field.");
  }
  const fields = body as Record<string, unknown>;
  for (const name of ["from", "to", "subject"]) {
    if (fields[name] === undefined) {
      throw new ResendFailure(422, "missing_required_field", `Missing \`${name}\` field.`);
    }
  }
  const parsed = mailSchema.safeParse(body);
  if (!parsed.success) throw failureFor(parsed.error);
  const mail = parsed.data;
  if (!mail.html && !mail.text) {
    throw new ResendFailure(422, "missing_required_field", "Missing `html` or `text` field.");
  }
  const attached = mail.attachments?.reduce((sum, one) => sum + (one.content?.length ?? 0), 0) ?? 0;
  if (attached > MAX_ATTACHMENT_BYTES) {
    throw new ResendFailure(422, "invalid_attachment", "Attachments are larger than 40 MB.");
  }
  return mail;
}

/** The domain a mail is sent from. */
export function sendingDomain(mail: MailInput): string {
  return mail.from.replace(/[\s>]*$/, "").split("@").at(-1)!.toLowerCase();
}

function failureFor(error: z.ZodError): ResendFailure {
  const field = String(error.issues[0]?.path[0] ?? "");
  const name = field === "from"
    ? "invalid_from_address"
    : field === "attachments"
    ? "invalid_attachment"
    : "validation_error";
  return new ResendFailure(422, name, `Invalid \`${field}\` field.`);
}
