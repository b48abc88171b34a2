import { toAmazonLink } from "./amazon-link.ts";
import { CAPTION_LIMITS } from "./caption-limits.ts";
import type { Marketplace } from "./marketplaces.ts";
import type { Platform } from "./publish.ts";

/** What stands in a text for what is known of a video's product. */
export const PLACEHOLDERS = ["title", "video_title", "brand", "asin", "price", "link"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What a video's placeholders are filled from. */
export interface CaptionFacts {
  /** Stands for the titles where there is no product. */
  filename: string;
  product: {
    title: string;
    video_title: string | null;
    brand: string | null;
    asin: string;
    price: number | null;
    currency: string;
    marketplace: Marketplace;
  } | null;
}

export interface CaptionText {
  caption: string;
  hashtags: readonly string[];
}

const HASHTAG = /^[\p{L}\p{N}_]{1,100}$/u;
const ELLIPSIS = "…";

/**
 * A text as it goes to a platform: placeholders filled in, and no longer than the platform takes. What is too long
 * loses hashtags from the end first, then the end of its caption, never a part of a character. A placeholder nothing
 * is known for leaves no gap; other words in braces stay.
 */
export function renderCaption(text: CaptionText, facts: CaptionFacts, platform: Platform): CaptionText {
  const limit = CAPTION_LIMITS[platform];
  const caption = fillIn(text.caption, facts, platform);
  const inCaption = caption.match(/#[\p{L}\p{N}_]+/gu)?.length ?? 0;
  const hashtags = text.hashtags
    .map((tag) => tag.replace(/^#/, ""))
    .filter((tag) => HASHTAG.test(tag))
    .slice(0, Math.max(0, limit.maxHashtags - inCaption));
  const fits = () => limit.measure(compose({ caption, hashtags })) <= limit.max;
  while (hashtags.length > 0 && !fits()) hashtags.pop();
  return { caption: fits() ? caption : cutText(caption, limit.max, limit.measure), hashtags };
}

/** A title with placeholders filled in, of at most `max` characters. */
export function renderTitle(title: string, facts: CaptionFacts, max: number): string {
  const filled = fillIn(title, facts, "youtube").replace(/\s+/g, " ");
  const measure = (text: string) => [...text].length;
  return measure(filled) <= max ? filled : cutText(filled, max, measure);
}

/** Names in braces that look like placeholders and are none, such as `{titel}`. */
export function findUnknownPlaceholders(text: string): string[] {
  const names = [...text.matchAll(/\{([a-z_]+)\}/gi)].map(([, name]) => name!);
  return [...new Set(names)].filter((name) => !(PLACEHOLDERS as readonly string[]).includes(name));
}

const compose = ({ caption, hashtags }: CaptionText) =>
  [caption, hashtags.map((tag) => `#${tag}`).join(" ")].filter(Boolean).join("\n\n");

function fillIn(text: string, facts: CaptionFacts, platform: Platform): string {
  const values = readValues(facts);
  const filled = text.replace(
    /(#?)\{(title|video_title|brand|asin|price|link)\}/g,
    (_, hash: string, name: Placeholder) =>
      hash ? toHashtag(values[name]) : values[name].replace(/[{}]/g, "").replace(/\s+/g, " ").trim(),
  );
  const tidy = filled
    .split("\n")
    .map((line, index) => tidyLine(line, text.split("\n")[index] ?? ""))
    .filter((line) => line !== null)
    .join("\n");
  // YouTube refuses a description with these.
  const allowed = platform === "youtube" ? tidy.replace(/</g, "‹").replace(/>/g, "›") : tidy;
  return allowed.replace(/\n{3,}/g, "\n\n").trim();
}

/** A line without the gaps of empty placeholders; null when nothing but such a gap stood on it. */
function tidyLine(line: string, before: string): string | null {
  if (line === before) return line;
  const tidied = line.replace(/[ \t]{2,}/g, " ").replace(/ +([.,;:!?])/g, "$1").trim();
  return tidied === "" ? null : tidied;
}

function toHashtag(value: string): string {
  const word = [...value.replace(/[^\p{L}\p{N}_]/gu, "")].slice(0, 100).join("");
  return word && `#${word}`;
}

function readValues({ filename, product }: CaptionFacts): Record<Placeholder, string> {
  const name = filename.replace(/\.\w{2,4}$/, "");
  if (!product) return { title: name, video_title: name, brand: "", asin: "", price: "", link: "" };
  return {
    title: product.title,
    video_title: product.video_title || product.title,
    brand: product.brand ?? "",
    asin: product.asin,
    price: product.price === null ? "" : formatPrice(product.price, product.currency),
    link: toAmazonLink(product.marketplace, product.asin),
  };
}

const formatPrice = (price: number, currency: string) =>
  new Intl.NumberFormat("en-US", { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(
    price,
  );

/** The beginning of a text that fits with an ellipsis behind it, cut between characters as readers see them. */
function cutText(text: string, max: number, measure: (text: string) => number): string {
  const graphemes = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)];
  let low = 0;
  let high = graphemes.length;
  const take = (count: number) => text.slice(0, graphemes[count]?.index ?? text.length).trimEnd() + ELLIPSIS;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(take(middle)) <= max) low = middle;
    else high = middle - 1;
  }
  return take(low);
}
