import { queryOptions } from "@tanstack/react-query";
import { folderListSchema } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** Folders inside a folder; null stands for the top of the drive. */
export const folderListOptions = (parentId: string | null) =>
  queryOptions({
    queryKey: queryKeys.onedrive.folders(parentId),
    queryFn: ({ signal }) =>
      callFunction("onedrive/folders", folderListSchema, {
        query: { parent_id: parentId ?? undefined },
        signal,
      }),
  });
