import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { parseHashtags } from "./compose-text.ts";
import type { PostDraft } from "./post-draft.ts";

/** A text that is put into a draft as a whole, with words of its own for some platforms. */
export interface InsertedText {
  caption: string;
  hashtags: readonly string[];
  variants: Partial<Record<Platform, { caption: string; hashtags: readonly string[] }>>;
}

/** The draft with a text behind what is there already. */
export function insertText(draft: PostDraft, text: InsertedText): Partial<PostDraft> {
  const before = draft.caption.trim();
  const hashtags = parseHashtags([draft.hashtags, ...text.hashtags].join(" "));
  const own = Object.entries(text.variants).map(([platform, words]) => [
    platform,
    { caption: words.caption, hashtags: words.hashtags.join(" ") },
  ]);
  return {
    caption: [before, text.caption].filter(Boolean).join("\n\n"),
    hashtags: hashtags.join(" "),
    ownTexts: { ...draft.ownTexts, ...Object.fromEntries(own) },
  };
}
