import type { DriveItem } from "../drive/drive-item.ts";
import { invalidRequest, notSupported } from "../graph-failure.ts";
import { type GraphCall, targetOf } from "./graph-call.ts";
import { renderItem, selectFields } from "./item-view.ts";
import { listThumbnails } from "./thumbnail-sets.ts";

const PAGE_SIZE = 200;
const MAX_PAGE_SIZE = 5000;

/** GET …/children with $top, $skiptoken, $orderby and $select; $filter only as far as each service takes it. */
export function listChildren(call: GraphCall): Response {
  const { kit, account, query } = call;
  const folder = targetOf(call);
  const expand = query.get("$expand");
  if (expand !== null && account.kind === "business") {
    throw notSupported("The $expand option is not supported.");
  }
  const items = sort(filter(call.drive.children(folder), call), call);
  const top = readTop(call);
  const { start, isLead } = readSkipToken(call);
  const page = isLead ? [] : items.slice(start, start + top);
  const next = isLead ? 0 : start + top;
  const hasMore = isLead || next < items.length;
  const value = page.map((item) => {
    const view = selectFields(renderItem(call, item), query.get("$select"));
    return expand === "thumbnails" ? { ...view, thumbnails: listThumbnails(call, item) } : view;
  });
  return Response.json({
    "@odata.context": `${kit.urls.MICROSOFT_GRAPH_URL}/v1.0/$metadata#driveItems`,
    "@odata.count": items.length,
    ...(hasMore ? { "@odata.nextLink": nextLink(call, next) } : {}),
    value,
  });
}

function filter(items: DriveItem[], { account, query }: GraphCall): DriveItem[] {
  const expression = query.get("$filter");
  if (expression === null) return items;
  if (account.kind === "business") throw notSupported("The $filter option is not supported.", 501);
  if (!/^\s*folder\s+ne\s+null\s*$/i.test(expression)) throw notSupported("The filter is not supported.");
  return items.filter((item) => item.content === null);
}

function sort(items: DriveItem[], { account, query }: GraphCall): DriveItem[] {
  const order = query.get("$orderby") ?? query.get("orderby") ?? "name asc";
  const match = /^\s*(name|url|size|lastModifiedDateTime)(?:\s+(asc|desc))?\s*$/i.exec(order);
  const key = match?.[1]?.toLowerCase();
  if (key === undefined) throw invalidRequest("The $orderby option is not valid.");
  const byName = key === "name" || key === "url";
  if (!byName && account.kind === "business") throw notSupported("Only name and url can be ordered by.");
  const compare = byName
    ? (a: DriveItem, b: DriveItem) => a.name.localeCompare(b.name, "en", { sensitivity: "base" })
    : key === "size"
    ? (a: DriveItem, b: DriveItem) => (a.content?.size ?? 0) - (b.content?.size ?? 0)
    : (a: DriveItem, b: DriveItem) => a.modifiedAt - b.modifiedAt;
  const direction = match?.[2]?.toLowerCase() === "desc" ? -1 : 1;
  return items.toSorted((a, b) => direction * compare(a, b));
}

function readTop({ kit, query }: GraphCall): number {
  const text = query.get("$top");
  if (text === null) return kit.settings.get("microsoft", "page_size", PAGE_SIZE);
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1) throw invalidRequest("The $top option is not valid.");
  return Math.min(top, MAX_PAGE_SIZE);
}

function readSkipToken({ kit, query }: GraphCall): { start: number; isLead: boolean } {
  const token = query.get("$skiptoken") ?? query.get("$skipToken");
  if (token === null) return { start: 0, isLead: kit.settings.get("microsoft", "empty_pages", false) };
  const start = /^p(\d+)$/.exec(atobOrEmpty(token))?.[1];
  if (start === undefined) throw invalidRequest("The $skiptoken option is not valid.");
  return { start: Number(start), isLead: false };
}

function nextLink({ kit, request }: GraphCall, start: number): string {
  const url = new URL(request.url);
  url.searchParams.delete("$skipToken");
  url.searchParams.set("$skiptoken", btoa(`p${start}`));
  return `${kit.urls.MICROSOFT_GRAPH_URL}${url.pathname}?${url.searchParams}`;
}

function atobOrEmpty(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}
