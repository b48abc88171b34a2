import type { DriveItem } from "../drive/drive-item.ts";
import { resourceModified } from "../graph-failure.ts";
import { cTagOf, eTagOf, type ViewContext } from "./item-view.ts";

/** If-Match and If-None-Match of a write. Throws 412. `item` is null when nothing has that name yet. */
export function checkPreconditions(context: ViewContext, headers: Headers, item: DriveItem | null): void {
  const wanted = headers.get("if-match");
  if (wanted !== null && (item === null || !matches(context, wanted, item))) throw resourceModified();
  const unwanted = headers.get("if-none-match");
  if (unwanted !== null && item !== null && matches(context, unwanted, item)) throw resourceModified();
}

/** Whether a tag header names the present version of the item, by eTag or cTag. */
export function matches(context: ViewContext, tag: string, item: DriveItem): boolean {
  const trimmed = tag.trim();
  const known = [eTagOf(context, item), cTagOf(context, item)];
  return trimmed === "*" || known.some((tag) => tag === trimmed || `"${tag}"` === trimmed);
}
