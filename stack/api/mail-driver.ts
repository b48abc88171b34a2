import { AsyncLocalStorage } from "node:async_hooks";
import type { ApiConfig } from "./config.ts";
import { toPlainText } from "./to-plain-text.ts";

/** Mail is sent before the request is answered, so a mail service that hangs must not hang sign-up. */
const SEND_TIMEOUT_MS = 10_000;
/** How long a mail may be put off by the service's rate limit. */
const QUEUE_TIMEOUT_MS = 20_000;

export interface AuthMail {
  readonly to: string;
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
}

export interface MailTransport {
  send(mail: AuthMail): Promise<void>;
  /** Runs one request; mails it sends lead back to `redirectTo`. */
  withRedirect<T>(redirectTo: string | null, run: () => Promise<T>): Promise<T>;
}

/**
 * Sends auth mails through the Resend API. Links in lite's mails lead to the web app's address and forget the
 * caller's `redirect_to`; both are put right here, as GoTrue has them. The text part follows from the HTML.
 */
export function createMailDriver(config: ApiConfig): MailTransport {
  const redirects = new AsyncLocalStorage<string | null>();
  return {
    async send({ to, subject, text = "", html = "" }) {
      const repaired = repairLinks(html, config, redirects.getStore() ?? null);
      const plain = html ? toPlainText(repaired) : text;
      if (!config.resendUrl) return console.log(`mail to ${to}: ${subject}\n${plain}`);
      await post(`${config.resendUrl}/emails`, config.resendApiKey, {
        from: "Cliprelay <auth@cliprelay.local>",
        to: [to],
        subject,
        text: plain,
        html: repaired.replace("Powered by Supabase Lite", "Sent by Cliprelay"),
      });
    },
    withRedirect: (redirectTo, run) => redirects.run(redirectTo, run),
  };
}

/** The service takes a few mails a second; a burst of sign-ups waits for its turn instead of failing. */
async function post(url: string, apiKey: string, mail: unknown): Promise<void> {
  const deadline = Date.now() + QUEUE_TIMEOUT_MS;
  while (true) {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
      body: JSON.stringify(mail),
      signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    });
    const answer = await response.text();
    if (response.ok) return;
    if (response.status !== 429 || Date.now() > deadline) {
      throw new Error(`mail service answered ${response.status}: ${answer}`);
    }
    const seconds = Number(response.headers.get("retry-after")) || 1;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

function repairLinks(text: string, config: ApiConfig, redirectTo: string | null): string {
  const start = `${new URL(config.webUrl).origin}/auth/v1/verify?`;
  const pattern = new RegExp(`${start.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}[^\\s"'<>]+`, "g");
  return text.replace(pattern, (link) => {
    const url = new URL(link);
    const repaired = new URL(`${config.publicApiUrl}/auth/v1/verify`);
    repaired.search = url.search;
    if (redirectTo) repaired.searchParams.set("redirect_to", redirectTo);
    return repaired.href;
  });
}
