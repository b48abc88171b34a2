import { useMutation, useQueryClient } from "@tanstack/react-query";
import { folderSchema } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** Makes a folder inside `parentId`; null stands for the top of the drive. */
export function useCreateFolder(parentId: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      callFunction("onedrive/folders", folderSchema, {
        method: "POST",
        body: { name, ...(parentId && { parent_id: parentId }) },
      }),
    meta: { quiet: true },
    onSuccess: () => void client.invalidateQueries({ queryKey: queryKeys.onedrive.folders(parentId) }),
  });
}
