import { badParameter } from "../meta-failure.ts";
import type { GraphCall } from "./graph-call.ts";
import type { Parameters } from "./parameters.ts";

interface Page<Item> {
  items: Item[];
  paging?: { cursors: { before: string; after: string }; next?: string; previous?: string };
}

/**
 * Cuts one page out of a list, with `limit`, `after` and `before` of the call, and links to its neighbours.
 * Throws code 100 for a cursor or limit that makes no sense.
 */
export function pageOf<Item extends { id: string }>(
  all: readonly Item[],
  { params, url, caller }: GraphCall,
  usual: number,
): Page<Item> {
  const limit = params.getNumber("limit", usual, 1, 100);
  const after = readCursor(params, "after", all);
  const before = readCursor(params, "before", all);
  const start = after !== null ? after + 1 : before !== null ? Math.max(0, before - limit) : 0;
  const end = before !== null && after === null ? before : start + limit;
  const items = all.slice(start, end);
  if (items.length === 0) return { items };
  const cursors = { before: writeCursor(items[0]!), after: writeCursor(items.at(-1)!) };
  const link = (name: "after" | "before") => {
    const address = new URL(url);
    address.searchParams.delete(name === "after" ? "before" : "after");
    address.searchParams.set(name, cursors[name]);
    address.searchParams.set("limit", String(limit));
    address.searchParams.set("access_token", caller.tokenText);
    return address.href;
  };
  return {
    items,
    paging: {
      cursors,
      ...(start + items.length < all.length ? { next: link("after") } : {}),
      ...(start > 0 ? { previous: link("before") } : {}),
    },
  };
}

function writeCursor({ id }: { id: string }): string {
  return btoa(`cursor:${id}`);
}

function readCursor(params: Parameters, name: "after" | "before", all: readonly { id: string }[]) {
  const cursor = params.get(name);
  if (cursor === null) return null;
  const index = all.findIndex((item) => writeCursor(item) === cursor);
  if (index < 0) throw badParameter("Invalid cursors values for pagination");
  return index;
}
