import { type DraftCover, shapeOf } from "./draft-cover.ts";
import type { ListedTarget } from "./listed-post.ts";

/** The cover that the targets of a post have; null for none. */
export function reopenCover(targets: readonly ListedTarget[]): DraftCover | null {
  const paths: Extract<DraftCover, { kind: "stored" }>["paths"] = {};
  let atMs: number | null = null;
  for (const { platform, options } of targets) {
    const shape = shapeOf(platform);
    if (shape && typeof options.cover === "string") paths[shape] = options.cover;
    if (typeof options.cover_offset_ms === "number") atMs ??= options.cover_offset_ms;
  }
  return Object.keys(paths).length > 0 || atMs !== null ? { kind: "stored", paths, atMs } : null;
}
