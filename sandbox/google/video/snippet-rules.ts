import { invalidVideo } from "../google-failure.ts";
import { type JsonObject, readString, readStrings } from "./json-fields.ts";
import type { Localizations, Snippet } from "./video.ts";

const MAX_TITLE = 100;
const MAX_DESCRIPTION_BYTES = 5000;
const MAX_TAGS = 500;
const USUAL_CATEGORY = "22";

/** Categories which a video can be put into. */
const CATEGORIES: readonly string[] = "1 2 10 15 17 19 20 22 23 24 25 26 27 28 29".split(" ");

/** Reads the snippet of a request. Throws 400 with the reason that names the wrong field. */
export function readSnippet(body: JsonObject): Snippet {
  const title = readString(body, "title", "snippet") ?? "";
  checkTitle(title);
  const description = readString(body, "description", "snippet") ?? "";
  checkDescription(description);
  const tags = readStrings(body, "tags", "snippet");
  if (countTagCharacters(tags) > MAX_TAGS) {
    throw invalidVideo(
      "invalidTags",
      "The request metadata specifies invalid video keywords.",
      "body.snippet.tags",
    );
  }
  const categoryId = readString(body, "categoryId", "snippet") ?? USUAL_CATEGORY;
  if (!CATEGORIES.includes(categoryId)) {
    throw invalidVideo(
      "invalidCategoryId",
      "The snippet.categoryId property specifies an invalid category ID.",
      "body.snippet.categoryId",
    );
  }
  return {
    title,
    description,
    tags,
    categoryId,
    defaultLanguage: readString(body, "defaultLanguage", "snippet"),
  };
}

/** Reads translations; they need the snippet's own language. Throws 400. */
export function readLocalizations(
  body: JsonObject | null,
  defaultLanguage: string | null,
): Localizations | null {
  if (body === null || Object.keys(body).length === 0) return null;
  if (defaultLanguage === null) {
    const message =
      "The request is trying to add localized video details without specifying the default language.";
    throw invalidVideo("defaultLanguageNotSet", message);
  }
  const localizations: Localizations = {};
  for (const [language, value] of Object.entries(body)) {
    const entry = (value ?? {}) as JsonObject;
    const title = readString(entry, "title", `localizations.${language}`) ?? "";
    const description = readString(entry, "description", `localizations.${language}`) ?? "";
    checkTitle(title);
    checkDescription(description);
    localizations[language] = { title, description };
  }
  return localizations;
}

/** 1 to 100 characters without angle brackets. */
function checkTitle(title: string): void {
  if (title.trim() !== "" && [...title].length <= MAX_TITLE && !/[<>]/.test(title)) return;
  throw invalidVideo(
    "invalidTitle",
    "The request metadata specifies an invalid or empty video title.",
    "body.snippet.title",
  );
}

/** At most 5,000 bytes of UTF-8 without angle brackets. */
function checkDescription(description: string): void {
  const bytes = new TextEncoder().encode(description).length;
  if (bytes <= MAX_DESCRIPTION_BYTES && !/[<>]/.test(description)) return;
  throw invalidVideo(
    "invalidDescription",
    "The request metadata specifies an invalid video description.",
    "body.snippet.description",
  );
}

/** As YouTube counts: a tag with a space is in quotes, and commas part the tags. */
function countTagCharacters(tags: readonly string[]): number {
  const lengths = tags.map((tag) => [...tag].length + (tag.includes(" ") ? 2 : 0));
  return lengths.reduce((sum, length) => sum + length, Math.max(0, tags.length - 1));
}
