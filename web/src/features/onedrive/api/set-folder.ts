import { useMutation, useQueryClient } from "@tanstack/react-query";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** Chooses where new videos go. */
export function useSetFolder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (folderId: string) =>
      callFunction("onedrive/set-folder", null, { method: "POST", body: { folder_id: folderId } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: queryKeys.onedrive.status }),
  });
}
