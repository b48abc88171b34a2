import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import {
  type CaptionFacts,
  renderCaption,
} from "../../../../../supabase/functions/_shared/contracts/render-caption.ts";
import type { Template } from "../api/list-templates.ts";

/** The platform that takes the longest text: what is too long for another one is its writer's to shorten. */
const WIDEST: Platform = "facebook";

/** A template as a text for one video. */
export function fillTemplate(template: Template, facts: CaptionFacts) {
  const variants = Object.entries(template.variants).map(([platform, words]) => [
    platform,
    renderCaption(words, facts, platform as Platform),
  ]);
  return { ...renderCaption(template, facts, WIDEST), variants: Object.fromEntries(variants) };
}
