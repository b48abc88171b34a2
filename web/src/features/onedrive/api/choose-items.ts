import type { LibraryItem } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";

export type ItemOrder = "name" | "newest";

/** Why a video of OneDrive cannot be chosen here, or null when it can. */
export function whyTaken(
  item: LibraryItem,
  productId: string | null,
): string | null {
  if (!item.video) return null;
  if (productId === null || item.video.product_id === productId) return "Added";
  return item.video.product_id === null ? null : "In another product";
}

/** Items to show: folders first, then videos, those whose name has every word of the search. */
export function arrangeItems(
  items: readonly LibraryItem[],
  search: string,
  order: ItemOrder,
): LibraryItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  return found.toSorted((one, other) => {
    if (one.kind !== other.kind) return one.kind === "folder" ? -1 : 1;
    if (order === "newest" && one.kind === "video") {
      return (other.modified_at ?? "").localeCompare(one.modified_at ?? "");
    }
    return one.name.localeCompare(other.name, "en", { numeric: true });
  });
}
