import { type Page, tasksOf } from "../account.ts";
import type { GraphCall } from "../graph/graph-call.ts";
import { MetaFailure, unknownObject } from "../meta-failure.ts";

const NEEDED = ["pages_show_list", "pages_read_engagement", "pages_manage_posts"];

/**
 * Whoever posts for a Page does it with the Page's own token. Throws code 210 for another token, 200 without a
 * permission or without the task CREATE_CONTENT.
 */
export function requirePageToken({ caller }: GraphCall, page: Page): void {
  if (caller.token.kind !== "page") {
    throw new MetaFailure(210, "(#210) A page access token is required to request this resource.", {
      status: 403,
    });
  }
  if (caller.token.pageId !== page.id) throw unknownObject("POST", page.id);
  const missing = NEEDED.filter((scope) => !caller.scopes.includes(scope));
  if (missing.length > 0 || !tasksOf(page).includes("CREATE_CONTENT")) {
    throw new MetaFailure(
      200,
      "(#200) If posting to a page, requires both pages_read_engagement and pages_manage_posts as an admin with " +
        "sufficient administrative permission",
      { status: 403 },
    );
  }
}
