import { z } from "zod";

/** A session this old counts as recent: sensitive steps need no password. */
export const RECENT_SIGN_IN_MINUTES = 15;

/** How long the addresses of stored objects in an export work. */
export const EXPORT_LINK_HOURS = 24;

/** POST /account/delete : the account's e-mail address typed again; the password unless signed in just now. */
export const deleteAccountRequestSchema = z.object({
  email: z.string().trim().min(1).max(320),
  password: z.string().min(1).max(72).optional(),
}).strict();

/** The account is closed from here on; what it stored goes in the background. */
export const deleteAccountResponseSchema = z.object({
  status: z.literal("deleting"),
});

/** POST /account/export : one JSON document, streamed. `complete` stands last: without it the file is cut off. */
export const accountExportSchema = z.object({
  format: z.literal("cliprelay-export"),
  version: z.literal(1),
  exported_at: z.iso.datetime(),
  account: z.object({
    id: z.uuid(),
    email: z.string().nullable(),
    created_at: z.string(),
    last_sign_in_at: z.string().nullable(),
    user_metadata: z.record(z.string(), z.unknown()),
    providers: z.array(z.string()),
  }),
  sessions: z.array(z.record(z.string(), z.unknown())),
  tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  objects: z.array(z.object({
    bucket: z.string(),
    path: z.string(),
    size_bytes: z.number().nullable(),
    mime_type: z.string().nullable(),
    created_at: z.string(),
    url: z.string().nullable(),
  })),
  note: z.string(),
  complete: z.literal(true),
});

export type DeleteAccountRequest = z.infer<typeof deleteAccountRequestSchema>;
export type DeleteAccountResponse = z.infer<typeof deleteAccountResponseSchema>;
export type AccountExport = z.infer<typeof accountExportSchema>;
