import assert from "node:assert/strict";
import type { LibraryItem } from "../../../supabase/functions/_shared/contracts/onedrive.ts";
import { arrangeItems, whyTaken } from "../../../web/src/features/onedrive/api/choose-items.ts";

const item = (name: string, more: Partial<LibraryItem> = {}): LibraryItem => ({
  id: name,
  kind: "video",
  name,
  size: 1,
  child_count: 0,
  duration_ms: null,
  width: null,
  height: null,
  modified_at: null,
  thumbnail_url: null,
  video: null,
  ...more,
});
const names = (items: LibraryItem[]) => items.map(({ name }) => name);

Deno.test("Items of OneDrive: folders come first, numbers in their order", () => {
  const items = [
    item("take 10.mp4"),
    item("take 2.mp4"),
    item("Zoo", { kind: "folder" }),
  ];
  assert.deepEqual(names(arrangeItems(items, "", "name")), [
    "Zoo",
    "take 2.mp4",
    "take 10.mp4",
  ]);
});

Deno.test("Items of OneDrive: the newest video first, folders by name", () => {
  const items = [
    item("old", { modified_at: "2026-01-01T00:00:00Z" }),
    item("unknown"),
    item("new", { modified_at: "2026-05-01T00:00:00Z" }),
    item("B", { kind: "folder", modified_at: "2026-09-01T00:00:00Z" }),
    item("A", { kind: "folder" }),
  ];
  assert.deepEqual(names(arrangeItems(items, "", "newest")), [
    "A",
    "B",
    "new",
    "old",
    "unknown",
  ]);
});

Deno.test("Items of OneDrive: a search wants every word, in any order and case", () => {
  const items = [
    item("Kettle first pour.mp4"),
    item("kettle unboxing.mp4"),
    item("Pour over"),
  ];
  assert.deepEqual(names(arrangeItems(items, " POUR kettle ", "name")), [
    "Kettle first pour.mp4",
  ]);
});

Deno.test("Items of OneDrive: what is here already says why it cannot be chosen", () => {
  const video = (productId: string | null) => item("v", { video: { id: "id", product_id: productId } });
  assert.equal(whyTaken(item("v"), null), null);
  assert.equal(whyTaken(video(null), null), "Added");
  assert.equal(whyTaken(video("mine"), "mine"), "Added");
  assert.equal(whyTaken(video("other"), "mine"), "In another product");
  assert.equal(whyTaken(video(null), "mine"), null);
});
