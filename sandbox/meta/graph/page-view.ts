import { type Page, tasksOf } from "../account.ts";
import { issuePageToken } from "../login/issue-token.ts";
import { missingPermission } from "../meta-failure.ts";
import { describePicture } from "./describe-person.ts";
import { type Field, parseFields, selectFields } from "./fields.ts";
import { type NodeOf, visiblePages } from "./find-node.ts";
import type { GraphCall } from "./graph-call.ts";
import { selectInstagramFields } from "./instagram-view.ts";
import { pageOf } from "./paging.ts";

const CATEGORY = { id: "1350536325044173", name: "Video creator" };

/** GET /me/accounts: the Pages with their tokens. Without `pages_show_list` there are none, and no error. */
export function listAccounts(call: GraphCall, { person }: NodeOf<"User">): unknown {
  call.params.allow("limit", "after", "before");
  const asked = parseFields(call.params.get("fields"));
  const usual = ["access_token", "category", "category_list", "name", "id", "tasks"];
  const { items, paging } = pageOf(visiblePages(call), call, 25);
  const data = items.map((page) =>
    selectFields(
      "Page",
      { ...pageFields(call, { type: "Page", person, page }), tasks: () => tasksOf(page) },
      asked,
      usual,
    )
  );
  return { data, ...(paging === undefined ? {} : { paging }) };
}

/** GET /{page}. Throws code 10 without `pages_read_engagement`. */
export function describePage(call: GraphCall, node: NodeOf<"Page">): unknown {
  call.params.allow();
  if (!call.caller.scopes.includes("pages_read_engagement")) {
    throw missingPermission(
      "This endpoint requires the 'pages_read_engagement' permission or the 'Page Public Content Access' feature.",
    );
  }
  const asked = parseFields(call.params.get("fields"));
  return selectFields("Page", pageFields(call, node), asked, ["name", "id"]);
}

function pageFields(call: GraphCall, { person, page }: NodeOf<"Page">) {
  return {
    id: () => page.id,
    name: () => page.name,
    access_token: () => tokenOf(call, page),
    category: () => CATEGORY.name,
    category_list: () => [CATEGORY],
    link: () => `https://www.facebook.com/${page.id}`,
    picture: () => describePicture(call.kit, page.id),
    instagram_business_account: (fields: readonly Field[]) => {
      const account = person.instagram.find((account) => account.id === page.instagramId);
      if (account === undefined || !call.caller.scopes.includes("instagram_basic")) return undefined;
      return selectInstagramFields(call, account, fields);
    },
  };
}

/** The same user token gives the same Page token again; a Page token gives itself. */
function tokenOf({ kit, state, caller }: GraphCall, page: Page): string {
  return caller.token.kind === "page"
    ? caller.tokenText
    : issuePageToken(kit, state, caller.tokenText, page.id);
}
