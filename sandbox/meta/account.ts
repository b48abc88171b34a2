import type { AccountName } from "../kit/account-name.ts";
import { idFrom } from "./object-id.ts";

/** A professional or personal Instagram account. */
export interface InstagramAccount {
  /** The id for publishing, the same on both hosts. */
  id: string;
  /** The id which only Instagram Login shows. */
  appScopedId: string;
  username: string;
  name: string;
  accountType: "BUSINESS" | "MEDIA_CREATOR" | "PERSONAL";
}

export interface Page {
  id: string;
  name: string;
  /** Null for a Page without a professional Instagram account. */
  instagramId: string | null;
  /** Owned by a Business portfolio, so that only `business_management` shows it. */
  isInPortfolio: boolean;
  /** Whether the person may look at its numbers only. */
  isForAnalysis?: boolean;
}

const ALL_TASKS = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];

/** What the person may do on a Page. */
export function tasksOf({ isForAnalysis }: Page): readonly string[] {
  return isForAnalysis === true ? ["ANALYZE"] : ALL_TASKS;
}

/** A person: a Facebook account with its Pages and Instagram accounts, all under one sandbox name. */
export interface Person {
  name: string;
  /** The id which Facebook shows to the app. */
  id: string;
  displayName: string;
  /** Whether the person unticks every permission that publishes. */
  declinesPublishing: boolean;
  pages: Page[];
  /** The first one is that of Instagram Login. */
  instagram: InstagramAccount[];
}

/**
 * Makes the person of a name; the ids follow from it. `+personal` has a personal Instagram account, `+creator` a
 * creator's, `+empty` no Page, `+pages` three Pages of which the second has no Instagram account, `+portfolio` a
 * Page in a Business portfolio, `+analyst` one whose numbers alone are theirs, `+declined` refuses to let anybody
 * publish.
 */
export function createPerson(name: AccountName): Person {
  const { full, base, traits } = name;
  const displayName = base.split(/[._-]/).filter(Boolean).map(capitalize).join(" ");
  const accountType = traits.has("personal")
    ? "PERSONAL"
    : traits.has("creator")
    ? "MEDIA_CREATOR"
    : "BUSINESS";
  const main = createInstagram(full, displayName, accountType);
  const isInPortfolio = traits.has("portfolio");
  const createPage = (suffix: string, instagramId: string | null): Page => ({
    id: idFrom("61", `page ${full}${suffix}`),
    name: `${displayName}${suffix || " Finds"}`,
    instagramId,
    isInPortfolio,
    isForAnalysis: traits.has("analyst"),
  });
  const person: Person = {
    name: full,
    id: idFrom("12", `person ${full}`),
    displayName,
    declinesPublishing: traits.has("declined"),
    pages: traits.has("empty") ? [] : [createPage("", accountType === "PERSONAL" ? null : main.id)],
    instagram: [main],
  };
  if (traits.has("pages")) {
    const shop = createInstagram(`${full}.shop`, `${displayName} Shop`, "BUSINESS");
    person.instagram.push(shop);
    person.pages.push(createPage(" Diary", null), createPage(" Shop", shop.id));
  }
  return person;
}

function createInstagram(
  handle: string,
  name: string,
  accountType: InstagramAccount["accountType"],
): InstagramAccount {
  return {
    id: idFrom("1784", `instagram ${handle}`),
    appScopedId: idFrom("25", `app-scoped ${handle}`),
    username: handle.replace(/[^a-z0-9._]/g, "_"),
    name,
    accountType,
  };
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
