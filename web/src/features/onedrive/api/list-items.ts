import { infiniteQueryOptions } from "@tanstack/react-query";
import { libraryPageSchema } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** Folders and videos of a folder in the user's OneDrive; null stands for the top of the drive. */
export const itemListOptions = (folderId: string | null) =>
  infiniteQueryOptions({
    queryKey: queryKeys.onedrive.items(folderId),
    queryFn: ({ pageParam, signal }) =>
      callFunction("onedrive/items", libraryPageSchema, {
        query: { folder_id: folderId ?? undefined, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // Pictures have short-lived addresses; what is in the folder may change any time.
    gcTime: 10 * 60_000,
  });
