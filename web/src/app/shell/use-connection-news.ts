import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { toast } from "sonner";
import { onConnection } from "../../lib/connection-channel.ts";
import { queryKeys } from "../../lib/query-keys.ts";

/** Hears when the consent window has connected an account, and reads its state again. */
export function useConnectionNews(): void {
  const client = useQueryClient();
  useEffect(() =>
    onConnection((provider) => {
      if (provider !== "onedrive") return;
      void client.invalidateQueries({ queryKey: queryKeys.onedrive.status });
      toast.success("OneDrive connected");
    }), [client]);
}
