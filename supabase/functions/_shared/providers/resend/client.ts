import { ProviderApiError, ProviderConfigError } from "../../core/provider-errors.ts";
import { createProviderHttp, type ProviderAnswer } from "../../core/provider-http.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import { resendErrorSchema, sentMailSchema } from "./schema.ts";

const PROVIDER = "resend";
/** Names of 400 and 401 that are about our key, not about the mail. */
const KEY_ERRORS = ["missing_api_key", "restricted_api_key", "invalid_api_key"];

export interface OutgoingMail {
  to: string;
  subject: string;
  html: string;
  text: string;
  headers?: Record<string, string>;
}

export type ResendClient = ReturnType<typeof createResendClient>;

export interface ResendOptions {
  /** Origin, without a path. */
  url: string;
  key: string;
  /** `a@b.c` or `Name <a@b.c>` of a domain that is verified at Resend. */
  from: string;
  fetch?: typeof fetch;
}

/**
 * Mails through Resend. Throws ProviderConfigError when it refuses our key or sender, else ProviderApiError whose
 * `providerCode` is Resend's name of the error.
 */
export function createResendClient({ url, key, from, fetch: doFetch = fetch }: ResendOptions) {
  const http = createProviderHttp(PROVIDER, { fetch: doFetch });
  return {
    /**
     * Sends a mail and returns Resend's id of it. The same key with the same mail sends nothing twice for 24 hours;
     * the body is a function of the arguments alone, so that it is the same to the byte.
     */
    async send(idempotencyKey: string, mail: OutgoingMail): Promise<string> {
      const { to, subject, html, text, headers } = mail;
      const answer = await http.send(`${url}/emails`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": "application/json",
          // Resend refuses calls without one.
          "user-agent": "cliprelay",
          "idempotency-key": idempotencyKey,
        },
        body: JSON.stringify({ from, to: [to], subject, html, text, headers }),
      });
      if (answer.response.ok) return http.parse(sentMailSchema, answer).id;
      throw toError(answer);
    },
  };
}

function toError({ response, body }: ProviderAnswer): Error {
  const { name = "" } = resendErrorSchema.safeParse(body).data ?? {};
  const isOurs = response.status === 401 || response.status === 403 || KEY_ERRORS.includes(name);
  if (isOurs) return new ProviderConfigError(PROVIDER, name || `status_${response.status}`);
  return new ProviderApiError(PROVIDER, response.status, name, readRetryAfter(response));
}
