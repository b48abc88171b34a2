/** One platform of a post in a mail. */
export interface MailPlace {
  name: string;
  state: string;
  tone: MailTone;
  text: string | null;
  url: string | null;
}

export type MailTone = "good" | "bad" | "calm";

/** One thing a mail tells, in plain text; what becomes HTML is escaped there. */
export interface MailBlock {
  tone: MailTone;
  title: string;
  /** The post's own words, where it is about one. */
  quote: string | null;
  text: string | null;
  places: MailPlace[];
  link: { href: string; label: string } | null;
}
