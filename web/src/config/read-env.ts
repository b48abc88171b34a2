export interface WebEnv {
  /** Origin of the Supabase project, without a trailing slash. */
  supabaseUrl: string;
  publishableKey: string;
  /** Where edge functions answer. */
  functionsUrl: string;
  /** Page that shows the mails this installation sends; null where they go to real mailboxes. */
  mailUrl: string | null;
}

/** Reads the build's settings and names every missing one at once. */
export function readEnv(source: Record<string, unknown>): WebEnv {
  const missing = ["VITE_SUPABASE_URL", "VITE_SUPABASE_PUBLISHABLE_KEY"].filter((name) => !source[name]);
  if (missing.length > 0) {
    throw new Error(`Set ${missing.join(" and ")} when building or serving the web app.`);
  }
  const supabaseUrl = String(source.VITE_SUPABASE_URL).replace(/\/+$/, "");
  return {
    supabaseUrl,
    publishableKey: String(source.VITE_SUPABASE_PUBLISHABLE_KEY),
    functionsUrl: `${supabaseUrl}/functions/v1`,
    mailUrl: source.VITE_MAIL_URL ? String(source.VITE_MAIL_URL) : null,
  };
}
