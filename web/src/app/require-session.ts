import { redirect } from "@tanstack/react-router";
import { safePath } from "../lib/safe-path.ts";
import { supabase } from "../lib/supabase.ts";

/** Lets signed-in users through, with their session; sends everybody else to sign in and back afterwards. */
export async function requireSession({ location }: { location: { href: string } }) {
  const { data } = await supabase.auth.getSession();
  if (data.session) return { session: data.session };
  const next = safePath(location.href);
  throw redirect({ to: "/sign-in", search: next === "/" ? {} : { next } });
}

/** Keeps the pages before signing in for those who are not. */
export async function requireGuest({ search }: { search: { next?: string } }) {
  const { data } = await supabase.auth.getSession();
  if (data.session) throw redirect({ href: safePath(search.next) });
}
