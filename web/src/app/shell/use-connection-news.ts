import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { toast } from "sonner";
import { onConnection } from "../../lib/connection-channel.ts";
import { namePlatform } from "../../lib/platform-names.ts";
import { queryKeys } from "../../lib/query-keys.ts";

/** Long enough to be read after the small window has closed. */
const FAILURE_SHOWN_MS = 20_000;

/** Hears how the consent window ended: reads the account again, or says why there is none. */
export function useConnectionNews(): void {
  const client = useQueryClient();
  useEffect(() =>
    onConnection(({ provider, failure }) => {
      const name = provider === "onedrive" ? "OneDrive" : namePlatform(provider);
      // The page of the accounts says it itself, with what to do.
      if (failure !== null && provider !== "onedrive" && location.pathname === "/settings/accounts") return;
      if (failure !== null) {
        toast.error(`${name} was not connected`, { description: failure, duration: FAILURE_SHOWN_MS });
        return;
      }
      const changed = provider === "onedrive"
        ? [queryKeys.onedrive.all, queryKeys.videos.all]
        : [queryKeys.connections, queryKeys.posts.all];
      for (const queryKey of changed) void client.invalidateQueries({ queryKey });
      toast.success(`${name} connected`);
    }), [client]);
}
