import type { ApiConfig } from "./config.ts";
import type { IssuedToken } from "./issue-token.ts";
import type { MailTransport } from "./mail-driver.ts";

/** Mails of ours by the name of their template in [auth.email.template]. */
const MAILS = {
  confirmation: { type: "signup", subject: "Confirm Your Signup" },
  email_change: { type: "email_change", subject: "Confirm Email Change" },
} as const;

export interface AuthMailer {
  /** Sends a mail with a link that proves the address. */
  send(mail: keyof typeof MAILS, to: string, token: IssuedToken, newEmail?: string): Promise<void>;
}

interface Template {
  readonly subject?: string;
  readonly content_path?: string;
}

/** Sends the mails lite does not know how to send, with the templates of config.toml. */
export function createAuthMailer(config: ApiConfig, transport: MailTransport): AuthMailer {
  const email = config.auth.email as { template?: Record<string, Template> } | undefined;
  return {
    async send(mail, to, token, newEmail = to) {
      const { type, subject } = MAILS[mail];
      const template = email?.template?.[mail];
      const url = new URL("/auth/v1/verify", config.webUrl);
      url.search = new URLSearchParams({ token: token.hash, type, redirect_to: config.webUrl }).toString();
      const values: Record<string, string> = {
        ConfirmationURL: url.href,
        Token: token.otp,
        TokenHash: token.hash,
        SiteURL: config.webUrl,
        Email: to,
        NewEmail: newEmail,
      };
      const source = template?.content_path
        ? await Deno.readTextFile(template.content_path)
        : '<p><a href="{{ .ConfirmationURL }}">Confirm</a></p>';
      const fill = (text: string) => text.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (_, name) => values[name] ?? "");
      await transport.send({ to, subject: fill(template?.subject ?? subject), html: fill(source) });
    },
  };
}
