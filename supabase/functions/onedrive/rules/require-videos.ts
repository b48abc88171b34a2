import { AppError } from "../../_shared/core/app-error.ts";
import type { ErrorCode } from "../../_shared/core/error-codes.ts";
import { ERROR_CODES } from "../../_shared/core/error-codes.ts";
import type { DriveEntry, EntryKind } from "../../_shared/providers/microsoft/drive-entry.ts";

const REFUSALS: Record<Exclude<EntryKind, "video">, ErrorCode> = {
  folder: "item_is_folder",
  package: "item_is_package",
  shared: "item_is_shared",
  other_file: "unsupported_file_type",
};

/**
 * Refuses the whole request when one of the chosen items cannot become a video: half a selection would be a surprise.
 * `details` names every one of them with its own code; the error is that of the first.
 */
export function requireVideos(
  itemIds: readonly string[],
  entries: readonly (DriveEntry | null)[],
): DriveEntry[] {
  const problems = itemIds.flatMap((itemId, index) => {
    const entry = entries[index] ?? null;
    const code = entry === null ? "item_not_found" : entry.kind === "video" ? null : REFUSALS[entry.kind];
    return code === null ? [] : [{ item_id: itemId, name: entry?.name ?? null, code }];
  });
  const [first] = problems;
  if (first === undefined) return entries as DriveEntry[];
  const sentence = ERROR_CODES[first.code].message;
  throw new AppError(first.code, {
    message: first.name === null ? sentence : `${first.name}: ${sentence}`,
    details: problems,
  });
}
