import { env } from "../../../config/env.ts";

/** Leads to the mailbox of an installation that keeps its mails to itself; nothing elsewhere. */
export function MailboxLink() {
  if (!env.mailUrl) return null;
  return (
    <a href={env.mailUrl} target="_blank" rel="noreferrer" className="font-[550] text-link hover:underline">
      Open the mailbox <span className="sr-only">(opens a new tab)</span>
    </a>
  );
}
