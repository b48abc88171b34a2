import { z } from "zod";
import type { RegisteredApp } from "./kit/registered-app.ts";

/** How a sandbox is started. Services listen on `port` + 1 and up. */
export interface SandboxOptions {
  host: string;
  port: number;
  mailPort: number;
  dataDir: string;
  app: RegisteredApp;
}

const port = z.coerce.number().int().min(1).max(65_000);

const environmentSchema = z.object({
  SANDBOX_HOST: z.string().default("127.0.0.1"),
  SANDBOX_PORT: port.default(54330),
  SANDBOX_MAIL_PORT: port.default(54324),
  SANDBOX_DATA_DIR: z.string().min(1).default(".stack/sandbox"),
  SANDBOX_CLIENT_ID: z.string().min(1).default("sandbox-client"),
  SANDBOX_CLIENT_SECRET: z.string().min(1).default("sandbox-secret"),
  SANDBOX_REDIRECT_URIS: z.string().default(""),
  SANDBOX_DEAUTHORIZE_URL: z.string().default(""),
  SANDBOX_DATA_DELETION_URL: z.string().default(""),
});

/** Reads the options from the environment; throws one Error that names every wrong variable. */
export function readOptions(environment: Record<string, string>): SandboxOptions {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const values = parsed.data;
  return {
    host: values.SANDBOX_HOST,
    port: values.SANDBOX_PORT,
    mailPort: values.SANDBOX_MAIL_PORT,
    dataDir: values.SANDBOX_DATA_DIR,
    app: {
      clientId: values.SANDBOX_CLIENT_ID,
      clientSecret: values.SANDBOX_CLIENT_SECRET,
      redirectUris: values.SANDBOX_REDIRECT_URIS.split(",").map((uri) => uri.trim()).filter(Boolean),
      deauthorizeUrl: values.SANDBOX_DEAUTHORIZE_URL || null,
      dataDeletionUrl: values.SANDBOX_DATA_DELETION_URL || null,
    },
  };
}
