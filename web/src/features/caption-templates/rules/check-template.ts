import { findUnknownPlaceholders } from "../../../../../supabase/functions/_shared/contracts/render-caption.ts";

const MAX_CAPTION = 5000;
const MAX_HASHTAGS = 30;

/** Hashtags out of what somebody typed: separated by spaces or commas, with or without `#`, each once. */
export function readHashtags(typed: string): string[] {
  const seen = new Map(typed.split(/[\s,;#＃]+/u).filter(Boolean).map((tag) => [tag.toLowerCase(), tag]));
  return [...seen.values()];
}

/** What has to change in a caption of a template; undefined when nothing has to. */
export function checkCaption(caption: string): string | undefined {
  if (caption.length > MAX_CAPTION) return `Use at most ${MAX_CAPTION.toLocaleString("en")} characters.`;
  const unknown = findUnknownPlaceholders(caption);
  return unknown.length > 0
    ? `Nothing stands for ${unknown.map((name) => `{${name}}`).join(", ")}. Choose one of those below.`
    : undefined;
}

/** What has to change in the hashtags of a template; undefined when nothing has to. */
export function checkHashtags(typed: string): string | undefined {
  const hashtags = readHashtags(typed);
  const bad = hashtags.filter((tag) => !/^[\p{L}\p{N}_]{1,100}$/u.test(tag));
  if (bad.length > 0) return `${bad.map((tag) => `#${tag}`).join(", ")}: letters, digits and _ only.`;
  return hashtags.length > MAX_HASHTAGS ? `Use at most ${MAX_HASHTAGS} hashtags.` : undefined;
}
