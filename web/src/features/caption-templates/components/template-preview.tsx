import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import {
  type CaptionFacts,
  renderCaption,
} from "../../../../../supabase/functions/_shared/contracts/render-caption.ts";
import { PlatformMark } from "../../../components/platform-mark.tsx";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import type { TemplateWords } from "../api/list-templates.ts";

/** Any product: it shows what placeholders become. */
const EXAMPLE: CaptionFacts = {
  filename: "kettle.mp4",
  product: {
    title: "Gooseneck Kettle 1 l",
    video_title: null,
    brand: "Fernwald",
    asin: "B0EXAMPLE1",
    price: 49.9,
    currency: "USD",
    marketplace: "US",
  },
};

/** A text with the placeholders of an example product filled in. */
export function TemplatePreview({ words, platform }: { words: TemplateWords; platform: Platform }) {
  const { caption, hashtags } = renderCaption(words, EXAMPLE, platform);
  return (
    <figure className="rounded-xl bg-paper p-3.5 ring-1 ring-line ring-inset">
      <figcaption className="mb-1.5 flex items-center gap-1.5 text-xs text-ink-soft">
        <PlatformMark platform={platform} className="size-4" /> How it reads on {PLATFORM_NAMES[platform]}
      </figcaption>
      <p className="text-sm break-words whitespace-pre-wrap">
        {caption || <span className="text-ink-faint">No caption</span>}
      </p>
      {hashtags.length > 0 && (
        <p className="mt-1.5 break-words text-link">{hashtags.map((tag) => `#${tag}`).join(" ")}</p>
      )}
    </figure>
  );
}
