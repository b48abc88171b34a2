import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { toast } from "sonner";
import { onConnection } from "../../lib/connection-channel.ts";
import { queryKeys } from "../../lib/query-keys.ts";

/** Long enough to be read after the small window has closed. */
const FAILURE_SHOWN_MS = 20_000;

/** Hears how the consent window ended: reads the account again, or says why there is none. */
export function useConnectionNews(): void {
  const client = useQueryClient();
  useEffect(() =>
    onConnection(({ provider, failure }) => {
      if (provider !== "onedrive") return;
      if (failure !== null) {
        toast.error("OneDrive was not connected", { description: failure, duration: FAILURE_SHOWN_MS });
        return;
      }
      void client.invalidateQueries({ queryKey: queryKeys.onedrive.all });
      void client.invalidateQueries({ queryKey: queryKeys.videos.all });
      toast.success("OneDrive connected");
    }), [client]);
}
