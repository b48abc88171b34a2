import { AsyncLocalStorage } from "node:async_hooks";
import type { EmailDriver } from "@supabase/lite";
import type { ApiConfig } from "./config.ts";

/** Mail is sent before the request is answered, so a mail service that hangs must not hang sign-up. */
const SEND_TIMEOUT_MS = 10_000;

/**
 * Sends auth mails through the Resend API. Links in lite's mails lead to the web app's address and forget the
 * caller's `redirect_to`; both are put right here, as GoTrue has them.
 */
export function createMailDriver(config: ApiConfig): {
  driver: EmailDriver;
  /** Runs one request; mails it sends lead back to `redirectTo`. */
  withRedirect<T>(redirectTo: string | null, run: () => Promise<T>): Promise<T>;
} {
  const redirects = new AsyncLocalStorage<string | null>();
  const repair = (text: string) => repairLinks(text, config, redirects.getStore() ?? null);
  return {
    driver: {
      async send({ to, subject, text, html }) {
        if (!config.resendUrl) return console.log(`mail to ${to}: ${subject}\n${repair(text ?? "")}`);
        const response = await fetch(`${config.resendUrl}/emails`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${config.resendApiKey}` },
          body: JSON.stringify({
            from: "Cliprelay <auth@cliprelay.local>",
            to: [to],
            subject,
            text: repair(text ?? ""),
            html: repair(html ?? "").replace("Powered by Supabase Lite", "Sent by Cliprelay"),
          }),
          signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
        });
        const answer = await response.text();
        if (!response.ok) throw new Error(`mail service answered ${response.status}: ${answer}`);
      },
    },
    withRedirect: (redirectTo, run) => redirects.run(redirectTo, run),
  };
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
