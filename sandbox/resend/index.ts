import type { Hono } from "hono";
import type { Kit, Provider } from "../kit/provider.ts";
import { MailStore } from "./mail-store.ts";
import { createMailbox } from "./mailbox.ts";
import { createResendOrigin } from "./resend-origin.ts";
import { SendQuota } from "./send-quota.ts";

/** The pretend Resend and the mailbox page where its mails can be read. */
export function createResend(kit: Kit): Provider & { mailbox: Hono } {
  const store = new MailStore(kit.now);
  return {
    service: "resend",
    origins: { RESEND_URL: createResendOrigin(kit, store, new SendQuota(kit)) },
    snapshot: () => store.snapshot(),
    restore: (saved) => store.restore(saved as Parameters<MailStore["restore"]>[0]),
    reset: () => store.clear(),
    blobIds: () => [],
    mails: () => store.list(),
    mailbox: createMailbox(store),
  };
}
